import {
  ActivityFailure,
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { Alarm } from '../alarm';
import { handlersFirst } from '../turn';
import type { ApplyOutcome, WhitelistActivities } from './activities';
import type { WhitelistConfirmation, WhitelistInput } from './contract';
import { serverIsBack, whitelistConfirmed, whitelistWanted } from './contract';
import { applying, waiting } from './details';
import { pauseAfter } from './pause';

/** A few tries: after them the pauses grow, which anybody can read in the details. */
const { applyWhitelist } = proxyActivities<WhitelistActivities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumAttempts: 3 },
});

/** A plugin that says nothing for so long is looked after: it may be another adapter by then. */
const LOOK_AGAIN_MS = 86_400_000;

/** What was signalled since the server was told last. */
interface News {
  wanted: boolean;
  back: boolean;
}

/** What a run leaves to the next one, when the history had grown too long. */
export interface CarriedWhitelist {
  readonly confirmed: readonly WhitelistConfirmation[];
  readonly failures: number;
}

/**
 * Brings a game server's whitelist to what is wanted, for as long as it takes the server to be there; ends when
 * nothing is left.
 *
 * @param input which server
 * @param carried what the run before left
 */
export async function whitelistWorkflow(
  input: WhitelistInput,
  carried?: CarriedWhitelist,
): Promise<void> {
  const news: News = { wanted: false, back: false };
  let failures = carried?.failures ?? 0;
  let confirmed: readonly WhitelistConfirmation[] = carried?.confirmed ?? [];
  const alarm = new Alarm();

  setHandler(whitelistWanted, () => {
    news.wanted = true;
  });
  setHandler(serverIsBack, () => {
    news.back = true;
  });
  setHandler(whitelistConfirmed, (more) => {
    confirmed = [...confirmed, ...more];
  });

  const applyOnce = async (): Promise<ApplyOutcome> => {
    // What is signalled with the start is no reason to look twice.
    await handlersFirst();
    news.wanted = false;
    news.back = false;
    const taken = confirmed;
    confirmed = [];
    setCurrentDetails(applying(input));
    try {
      return await applyWhitelist.executeWithOptions(
        { summary: `Bring the whitelist of ${input.serverId} in step` },
        [{ ...input, confirmed: taken }],
      );
    } catch (error) {
      confirmed = [...taken, ...confirmed];
      return { outcome: 'away', left: taken.length, code: failureCode(error) };
    }
  };

  const pause = async (
    outcome: Extract<ApplyOutcome, { outcome: 'away' | 'fetched' }>,
  ): Promise<void> => {
    const away = outcome.outcome === 'away';
    failures = away ? failures + 1 : 0;
    const at = Date.now() + (away ? pauseAfter(failures) : LOOK_AGAIN_MS);
    setCurrentDetails(waiting(input, outcome, at, failures));
    const happened = away
      ? (): boolean => news.back
      : (): boolean => news.wanted || news.back || confirmed.length > 0;
    const summary = away ? 'Until the server is tried again' : 'Until the plugin is looked after';
    // An earlier pause's timer may fire first.
    while (!happened() && Date.now() < at) await alarm.wait(happened, { at, summary });
  };

  for (;;) {
    const outcome = await applyOnce();
    if (outcome.outcome === 'away' || outcome.outcome === 'fetched') {
      await pause(outcome);
    } else {
      failures = 0;
      await handlersFirst();
      if (!news.wanted && confirmed.length === 0) return;
    }
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof whitelistWorkflow>(input, { confirmed, failures });
    }
  }
}

/** Why the tries failed; anything but a failed activity is a defect and goes on. */
function failureCode(error: unknown): string {
  if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
  const { cause } = error;
  return cause instanceof ApplicationFailure ? (cause.type ?? 'unknown') : 'timeout';
}
