import type { GuildConfiguration } from '../../src/config/guild/resolved';
import type { CaseState } from '../../src/domain/cases/case';
import { handlingTeam } from '../../src/domain/cases/case';
import type { RecordedEvent } from '../../src/domain/cases/events';
import { ticketCardEdit } from '../../src/discord/views/ticket-card';
import { ticketNotice } from '../../src/discord/views/ticket-notice';
import type { CaseChange, ClosingOutcome, ShownOutcome } from '../../workflows/ticket/activities';
import type { Attempt } from '../attempt';
import { isGone, isLasting } from '../discord/codes';
import { postOnce } from '../discord/post-once';
import { captureNew } from './capture';
import { cardView, closesAt } from './card';
import { staffRoles } from './channel';
import type { TicketDependencies } from './dependencies';
import { tellDesk } from './desk';
import { earlierTry } from './earlier-try';
import { openNotes } from './notes';
import { overwrites } from './overwrites';

/** Records events, shows the state in the ticket's channel, and tells whom it concerns. */
export async function showTicket(
  deps: TicketDependencies,
  change: CaseChange,
  attempt: Attempt,
): Promise<ShownOutcome> {
  const caseId = attempt.workflowId;
  const { events, state } = change;
  const closed = await closedMeanwhile(deps, caseId, events);
  if (closed !== undefined) return { channelGone: false, closed };
  const notes = openNotes(deps.seal, events);
  await deps.cases.record({ caseId, events, state, notes });
  const guild = await deps.guilds.get(change.guildId);
  const row = await deps.cases.get(caseId);
  if (guild === null || row === null) return { channelGone: false };
  const category = guild.categories.find(({ id }) => id === change.categoryId) ?? {
    title: row.categoryTitle,
    emoji: null,
  };
  let channelGone = false;
  try {
    await showInChannel(deps, guild, category, change, notes, attempt);
    if (seesMessages(events)) await captureNew(deps, change, attempt);
  } catch (error) {
    if (!isLasting(error)) throw error;
    channelGone = isGone(error);
    // Without the right to write there, the record and the queue still tell; trying again would not help.
    deps.log.warn(
      { case: caseId, reason: error.code },
      'the ticket cannot be shown in its channel',
    );
  }
  await tellDesk(deps, guild, category, caseId, events, state, attempt);
  return { channelGone };
}

/** The closing that an earlier try of it has recorded, when it is about to be called delayed. */
async function closedMeanwhile(
  deps: TicketDependencies,
  caseId: string,
  events: readonly RecordedEvent[],
): Promise<ClosingOutcome | undefined> {
  const delay = events.find(({ event }) => event.type === 'closing-delayed');
  if (delay === undefined) return undefined;
  const earlier = await earlierTry(deps, caseId, delay.seq - 1);
  if (earlier?.type !== 'closed') return undefined;
  return { messages: earlier.messages, closedAt: earlier.at };
}

/** Records when somebody last wrote, and stores what was written. */
export async function noteMessages(
  deps: TicketDependencies,
  change: CaseChange,
  attempt: Attempt,
): Promise<ShownOutcome> {
  const caseId = attempt.workflowId;
  const { events, state } = change;
  await deps.cases.record({ caseId, events, state, notes: new Map() });
  try {
    await captureNew(deps, change, attempt);
    return { channelGone: false };
  } catch (error) {
    if (!isLasting(error)) throw error;
    return { channelGone: isGone(error) };
  }
}

function seesMessages(events: readonly RecordedEvent[]): boolean {
  return events.some(({ event }) => event.type === 'messages-seen');
}

async function showInChannel(
  deps: TicketDependencies,
  guild: GuildConfiguration,
  category: { readonly title: string; readonly emoji: string | null },
  change: CaseChange,
  notes: ReadonlyMap<number, string>,
  attempt: Attempt,
): Promise<void> {
  const caseId = attempt.workflowId;
  const { events, state } = change;
  const { channelId, messageId } = state;
  if (channelId === null) return;
  const { signal } = attempt;
  if (events.some(({ event }) => event.type === 'raised')) {
    await admitSeniors(deps, guild, state, channelId, signal);
  }
  if (messageId !== null) {
    const answers = await deps.cases.answers(caseId);
    const body = ticketCardEdit(cardView(guild, category, caseId, state, answers));
    try {
      await deps.discord.channels.editMessage(channelId, messageId, body, { signal });
    } catch (error) {
      // Somebody deleted the card alone: the notices below still tell, and /staff case has the buttons.
      if (!isLasting(error) || error.code === 10_003) throw error;
    }
  }
  const botId = await deps.botId();
  for (const { seq, at, event } of events) {
    const resolution = notes.get(seq);
    const body = ticketNotice(event, {
      number: state.number,
      openerId: state.openerId,
      seniorRoleIds: rolesNow(guild, state),
      closesAt: closesAt(state),
      ...(resolution === undefined ? {} : { resolution }),
    });
    if (body === null) continue;
    await postOnce(
      deps.discord,
      botId,
      { channelId, body, key: `${caseId}.${seq}`, since: at },
      attempt,
    );
  }
}

/** Lets the senior team into the channel; the team that raised the case stays, to hand it over. */
async function admitSeniors(
  deps: TicketDependencies,
  guild: GuildConfiguration,
  state: CaseState,
  channelId: string,
  signal: AbortSignal,
): Promise<void> {
  const teams = state.policy.teamChain.slice(0, state.teamLevel + 1);
  await deps.discord.channels.edit(
    channelId,
    {
      permission_overwrites: overwrites({
        guildId: guild.guildId,
        botId: await deps.botId(),
        openerId: state.openerId,
        staffRoleIds: staffRoles(guild, teams),
        locked: false,
      }),
    },
    { signal, reason: `Ticket #${state.number} was raised` },
  );
}

function rolesNow(guild: GuildConfiguration, state: CaseState): readonly string[] {
  const team = handlingTeam(state);
  return team === null ? [] : (guild.teams[team]?.memberRoleIds ?? []);
}
