import type { RecordedEvent } from '../../src/domain/cases/events';
import type { CaseEvent } from '../../src/domain/cases/events';
import { evolve } from '../../src/domain/cases/evolve';
import { ticketNotice } from '../../src/discord/views/ticket-notice';
import type { CaseChange, ChannelOutcome } from '../../workflows/ticket/activities';
import type { Attempt } from '../attempt';
import { isLasting } from '../discord/codes';
import { postOnce } from '../discord/post-once';
import { card } from './card';
import { abandonChannel, ensureChannel } from './channel';
import type { TicketDependencies } from './dependencies';
import { tellDesk } from './desk';
import { earlierTry } from './earlier-try';

/** Gives a closed ticket a new channel. */
export async function reopenTicket(
  deps: TicketDependencies,
  change: CaseChange,
  attempt: Attempt,
): Promise<ChannelOutcome> {
  const caseId = attempt.workflowId;
  const { events, state } = change;
  await deps.cases.record({ caseId, events, state, notes: new Map() });
  const earlier = attempt.number === 1 ? undefined : await earlierTry(deps, caseId, state.seq);
  if (earlier?.type === 'channel-created') {
    const { channelId, messageId, at } = earlier;
    return { outcome: 'created', channelId, messageId, at };
  }
  if (earlier?.type === 'opening-failed') {
    return { outcome: 'failed', code: earlier.code, at: earlier.at };
  }
  const guild = await deps.guilds.get(change.guildId);
  const row = await deps.cases.get(caseId);
  if (guild === null || row === null)
    return { outcome: 'failed', code: 'guild-gone', at: attempt.now };
  const category = guild.categories.find(({ id }) => id === change.categoryId) ?? {
    title: row.categoryTitle,
    emoji: null,
  };
  const finish = async (event: CaseEvent): Promise<number> => {
    const at = attempt.now;
    const after = evolve(state, event, at);
    const recorded: RecordedEvent[] = [{ seq: after.seq, at, event }];
    await deps.cases.record({ caseId, events: recorded, state: after, notes: new Map() });
    await tellDesk(deps, guild, category, caseId, recorded, after, attempt);
    return at;
  };
  let channelId: string | null = null;
  try {
    channelId = await ensureChannel(
      deps,
      {
        caseId,
        number: state.number,
        generation: state.generation,
        guild,
        categoryId: change.categoryId,
        openerId: state.openerId,
        teamIds: state.policy.teamChain.slice(0, state.teamLevel + 1),
      },
      attempt,
    );
    await deps.cases.rememberChannel(caseId, state.generation, channelId);
    const since = events.at(-1)?.at ?? state.lastActivityAt;
    const botId = await deps.botId();
    const shown = {
      ...state,
      status: state.assigneeId === null ? 'open' : 'claimed',
      channelId,
    } as const;
    const body = card(guild, category, caseId, shown, await deps.cases.answers(caseId));
    const key = `${caseId}.${state.generation}`;
    const message = await postOnce(deps.discord, botId, { channelId, body, key, since }, attempt);
    for (const { event, seq } of events) {
      const notice = ticketNotice(event, {
        number: state.number,
        openerId: state.openerId,
        seniorRoleIds: [],
        closesAt: null,
      });
      if (notice === null) continue;
      const posted = { channelId, body: notice, key: `${caseId}.notice.${seq}`, since };
      await postOnce(deps.discord, botId, posted, attempt);
    }
    const messageId = message.id;
    const at = await finish({ type: 'channel-created', channelId, messageId });
    return { outcome: 'created', channelId, messageId, at };
  } catch (error) {
    if (!isLasting(error)) throw error;
    const code = String(error.code);
    if (channelId !== null) await abandonChannel(deps, channelId, attempt);
    return { outcome: 'failed', code, at: await finish({ type: 'opening-failed', code }) };
  }
}
