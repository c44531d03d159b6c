import type { APIMessage } from 'discord-api-types/v10';
import type { GuildConfiguration } from '../../src/config/guild/resolved';
import type { CaseState } from '../../src/domain/cases/case';
import type { RecordedEvent } from '../../src/domain/cases/events';
import { evolve } from '../../src/domain/cases/evolve';
import { closedMessage } from '../../src/discord/views/closed-message';
import type { CaseChange, ClosingOutcome } from '../../workflows/ticket/activities';
import type { Attempt } from '../attempt';
import { discordCode, isLasting, unlessGone } from '../discord/codes';
import { captureAll, readSince } from './capture';
import { deleteChannels, staffRoles } from './channel';
import type { TicketDependencies } from './dependencies';
import { tellDesk } from './desk';
import { earlierTry } from './earlier-try';
import { openNotes } from './notes';
import { overwrites } from './overwrites';

/**
 * Closes a ticket as a saga whose order never changes: nobody may write any more, the conversation is
 * stored and read back, and only then the channel is deleted.
 */
export async function closeTicket(
  deps: TicketDependencies,
  change: CaseChange,
  attempt: Attempt,
): Promise<ClosingOutcome> {
  const caseId = attempt.workflowId;
  const { state } = change;
  const notes = openNotes(deps.seal, change.events);
  await deps.cases.record({ caseId, events: change.events, state, notes });
  const earlier = await earlierTry(deps, caseId, change.events[0]?.seq ?? state.seq);
  if (earlier?.type === 'closed') return { messages: earlier.messages, closedAt: earlier.at };

  const guild = await deps.guilds.get(change.guildId);
  const kept = await keepConversation(deps, guild, change, attempt);
  await deleteChannels(deps, change.guildId, caseId, state.channelId, state.number, attempt);

  const closedAt = attempt.now;
  const closed = evolve(state, { type: 'closed', messages: kept }, closedAt);
  const event: RecordedEvent = {
    seq: closed.seq,
    at: closedAt,
    event: { type: 'closed', messages: kept },
  };
  await deps.cases.record({ caseId, events: [event], state: closed, notes: new Map() });
  const reason = notes.values().next().value;
  announce(deps, guild, change, closed, event, attempt, reason);
  return { messages: kept, closedAt };
}

/**
 * @returns how many messages are stored for this channel; `null` if it was gone before it could be read
 *   and nothing of it had been stored before
 */
async function keepConversation(
  deps: TicketDependencies,
  guild: GuildConfiguration | null,
  { state }: CaseChange,
  attempt: Attempt,
): Promise<number | null> {
  const caseId = attempt.workflowId;
  const read = await readLocked(deps, guild, state, attempt);
  if (read === null) {
    const earlier = await deps.conversations.get(caseId, state.generation);
    if (earlier?.complete === true) return earlier.messages;
  }
  const kept = await captureAll(deps, state.generation, read ?? [], attempt);
  if (read === null && kept.messages === 0) return null;
  await deps.conversations.save({
    caseId,
    generation: state.generation,
    storageKey: kept.key,
    sha256: kept.sha256,
    messages: kept.messages,
    lastMessageId: kept.lastMessageId,
    complete: read !== null,
    storedAt: attempt.now,
  });
  return kept.messages;
}

/** Closes the channel for writing and reads it whole; `null` when it is gone. */
async function readLocked(
  deps: TicketDependencies,
  guild: GuildConfiguration | null,
  state: CaseState,
  { signal }: Attempt,
): Promise<APIMessage[] | null> {
  const { channelId } = state;
  if (channelId === null) return null;
  if (guild !== null) {
    const teams = state.policy.teamChain.slice(0, state.teamLevel + 1);
    const locked = overwrites({
      guildId: guild.guildId,
      botId: await deps.botId(),
      openerId: state.openerId,
      staffRoleIds: staffRoles(guild, teams),
      locked: true,
    });
    try {
      await unlessGone(
        deps.discord.channels.edit(channelId, { permission_overwrites: locked }, { signal }),
      );
    } catch (error) {
      // A role of the configuration was deleted in Discord: the conversation is stored all the same.
      if (!isLasting(error)) throw error;
      deps.log.warn({ channel: channelId, reason: error.code }, 'the channel cannot be locked');
    }
  }
  return (await unlessGone(readSince(deps, channelId, '0', signal))) ?? null;
}

/** Tells the desk and the opener; a courtesy that holds up nothing and is not tried again. */
function announce(
  deps: TicketDependencies,
  guild: GuildConfiguration | null,
  change: CaseChange,
  closed: CaseState,
  event: RecordedEvent,
  attempt: Attempt,
  reason: string | undefined,
): void {
  if (guild === null) return;
  const category = guild.categories.find(({ id }) => id === change.categoryId) ?? {
    title: 'Ticket',
  };
  const once: Attempt = { ...attempt, signal: AbortSignal.timeout(30_000) };
  const told = [tellDesk(deps, guild, category, attempt.workflowId, [event], closed, once)];
  if (change.state.closeCause !== 'opener')
    told.push(tellOpener(deps, guild, closed, reason, once));
  for (const telling of told) {
    telling.catch((error: unknown) => {
      deps.log.info(
        { case: attempt.workflowId, code: discordCode(error) },
        'nobody could be told that the ticket closed',
      );
    });
  }
}

async function tellOpener(
  deps: TicketDependencies,
  guild: GuildConfiguration,
  closed: CaseState,
  reason: string | undefined,
  { signal, now }: Attempt,
): Promise<void> {
  const { id } = await deps.discord.users.createDM(closed.openerId, { signal });
  const closedAt = closed.closedAt ?? now;
  const body = closedMessage({
    number: closed.number,
    guildName: guild.guildName,
    cause: closed.closeCause,
    reopenUntil:
      closed.policy.reopenWindowMs === 0 ? null : closedAt + closed.policy.reopenWindowMs,
    ...(reason === undefined ? {} : { reason }),
  });
  await deps.discord.channels.createMessage(id, body, { signal });
}
