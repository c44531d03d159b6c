import {
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { Alarm } from '../alarm';
import type { ChannelNameActivities, RenameOutcome } from './activities';
import type { ChannelNameInput, NameWish } from './contract';
import { nameWishSignal } from './contract';

/** A few tries: after them it is asked anew, so that a newer wish is not kept waiting behind those for an older one. */
const { renameChannel } = proxyActivities<ChannelNameActivities>({
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumAttempts: 3 },
});

/** When the tries failed, Discord or Postgres is away. */
const PAUSE_MS = 30_000;

/**
 * Gives a channel the name that was wished last, as soon as Discord's limit allows it; ends when it is shown,
 * or cannot be.
 *
 * @param carried the wish of the run before, when the history had grown too long
 */
export async function channelNameWorkflow(
  input: ChannelNameInput,
  carried?: NameWish,
): Promise<void> {
  const { guildId, channelId } = input;
  let newest = carried;
  // A change between up and down stays urgent until it is shown, also when players are counted meanwhile.
  let urgent = carried?.urgent ?? false;
  const alarm = new Alarm();

  setHandler(nameWishSignal, (wish) => {
    if (newest !== undefined && wish.at < newest.at) return;
    newest = wish;
    urgent ||= wish.urgent;
  });

  await condition(() => newest !== undefined);
  for (;;) {
    const taken = newest;
    if (taken === undefined) return;
    const wish = { ...taken, urgent };
    urgent = false;
    setCurrentDetails(`Gives channel \`${channelId}\` its name; nothing is waited for.`);
    const outcome = await renameChannel
      .executeWithOptions({ summary: `Rename channel ${channelId}` }, [
        { guildId, channelId, wish },
      ])
      .catch((error: unknown): RenameOutcome => {
        if (isCancellation(error)) throw error;
        return { outcome: 'later', notBefore: Date.now() + PAUSE_MS };
      });
    if (outcome.outcome === 'gone') return;
    if (outcome.outcome !== 'later') {
      if (newest === taken) return;
      continue;
    }
    // What was urgent before is so still; what became urgent just now may use the change that is kept back.
    const newlyUrgent = (): boolean => urgent && !wish.urgent;
    setCurrentDetails(waiting(channelId, outcome.notBefore));
    await alarm.wait(newlyUrgent, {
      at: outcome.notBefore,
      summary: 'Until Discord allows the next change of the name',
    });
    urgent ||= wish.urgent;
    if (workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof channelNameWorkflow>(input, { ...(newest ?? taken), urgent });
    }
  }
}

function waiting(channelId: string, notBefore: number): string {
  const time = new Date(notBefore).toISOString().slice(11, 19);
  return `Channel \`${channelId}\` is renamed not before ${time} UTC: Discord allows two changes in 10 minutes. The newest wish counts then.`;
}
