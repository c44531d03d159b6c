import type { CaseState, CloseCause, RaisedBy } from '../../src/domain/cases/case';
import { handlingTeam } from '../../src/domain/cases/case';
import type { DeadlineKind } from '../../src/domain/cases/deadline';
import { nextDeadline } from '../../src/domain/cases/deadline';
import type { CaseEvent } from '../../src/domain/cases/events';

/** What the Web UI shows of a running ticket: markdown that says where it stands and what it waits for. */
export function currentDetails(state: CaseState, delayed: string | null): string {
  const lines = [`**${title(state)}** ${standing(state)}`, '', waiting(state, delayed)];
  const team = handlingTeam(state);
  lines.push('');
  if (team !== null) lines.push(`- Team: \`${team}\``);
  lines.push(`- Assigned to: ${state.assigneeId === null ? 'nobody' : person(state.assigneeId)}`);
  lines.push(`- Opened: ${instant(state.openedAt)} by ${person(state.openerId)}`);
  lines.push(`- First answered: ${firstAnswered(state)}`);
  if (state.raised !== null) {
    lines.push(`- Raised: ${instant(state.raised.at)} by ${raiser(state.raised.by)}`);
  }
  lines.push(`- Last activity: ${instant(state.lastActivityAt)}`);
  if (state.channelId !== null) lines.push(`- Channel in Discord: \`${state.channelId}\``);
  if (state.number > 0) {
    // No name and no word of a person may be in a history: whoever needs them finds them there.
    lines.push(
      '',
      `Names, words and the whole history: \`/staff case ${state.number}\` in Discord.`,
    );
  }
  return lines.join('\n');
}

function person(id: string): string {
  return `\`${id}\``;
}

function raiser(by: RaisedBy): string {
  return 'userId' in by ? person(by.userId) : 'the service level';
}

function firstAnswered({ firstAnswer }: CaseState): string {
  if (firstAnswer === null) return 'not yet';
  return `${instant(firstAnswer.at)} by ${person(firstAnswer.userId)}`;
}

function title(state: CaseState): string {
  return state.number === 0 ? 'New ticket' : `Ticket #${state.number}`;
}

function standing(state: CaseState): string {
  switch (state.status) {
    case 'opening':
      return 'is being opened.';
    case 'refused':
      return 'was refused by a limit for openers.';
    case 'failed':
      return 'could not be opened.';
    case 'open':
      return 'is open and nobody has claimed it.';
    case 'claimed':
      return 'is claimed.';
    case 'resolved':
      return 'is resolved.';
    case 'closing':
      return `is being closed (${cause(state.closeCause)}).`;
    case 'closed':
      return `is closed (${cause(state.closeCause)}).`;
    case 'reopening':
      return 'is being reopened.';
    case 'ended':
      return 'is closed for good.';
  }
}

function cause(closeCause: CloseCause | null): string {
  switch (closeCause) {
    case 'opener':
      return 'by its opener';
    case 'staff':
      return 'by staff';
    case 'inactivity':
      return 'nobody wrote any more';
    case 'channel-gone':
      return 'its channel was deleted by hand';
    case null:
      return 'no cause recorded';
  }
}

const DEADLINES: Record<DeadlineKind, (at: string) => string> = {
  'inactivity-warning': (at) =>
    `Waits for people. If nobody writes until ${at}, the opener is warned.`,
  'inactivity-close': (at) => `The opener was warned. If nobody writes until ${at}, it closes.`,
  'resolved-close': (at) =>
    `Waits to be closed. If nobody writes until ${at}, it closes by itself.`,
  'reopen-window-end': (at) => `May be reopened until ${at}; then this workflow ends.`,
};

function waiting(state: CaseState, delayed: string | null): string {
  if (delayed !== null) {
    return `Closing is delayed (\`${delayed}\`). The channel stays until its conversation is stored and read back; this is tried again by itself.`;
  }
  const deadline = nextDeadline(state);
  if (deadline !== undefined) return DEADLINES[deadline.kind](instant(deadline.at));
  switch (state.status) {
    case 'opening':
    case 'reopening':
      return 'Waits for Discord to create the channel and for Postgres to record it.';
    case 'closing':
      return 'Stores the conversation, reads it back, then deletes the channel.';
    case 'open':
    case 'claimed':
    case 'resolved':
      return 'Waits for people; nothing happens by itself.';
    case 'closed':
    case 'refused':
    case 'failed':
    case 'ended':
      return 'Waits for nothing.';
  }
}

/**
 * The deadline's name on its timer in the Web UI. The timer may have been overtaken: it then fires
 * for nothing, and is set again for the deadline that holds by then.
 */
export function timerSummary(kind: DeadlineKind): string {
  switch (kind) {
    case 'inactivity-warning':
      return 'Warn the opener of inactivity, unless somebody acts before';
    case 'inactivity-close':
      return 'Close the ticket for inactivity, unless somebody acts before';
    case 'resolved-close':
      return 'Close the resolved ticket, unless somebody acts before';
    case 'reopen-window-end':
      return 'End of the reopen window, unless it is reopened before';
  }
}

/** An activity's name in the Web UI: what happened that it records and shows, and who did it. */
export function changeSummary(number: number, events: readonly CaseEvent[]): string {
  return `#${number}: ${events.map(deed).join(', ')}`;
}

function deed(event: CaseEvent): string {
  switch (event.type) {
    case 'claimed':
    case 'released':
    case 'resolved':
      return `${event.type} by ${event.by}`;
    case 'first-answered':
      return `first answered by ${event.by}`;
    case 'raised':
      return `raised to ${event.team} by ${'userId' in event.by ? event.by.userId : 'the service level'}`;
    case 'reopened':
      return `reopened by ${event.by}${event.newChannel ? ', in a new channel' : ''}`;
    case 'closing':
      return `closing, ${cause(event.cause)}${event.by === null ? '' : ` ${event.by}`}`;
    case 'closing-delayed':
    case 'opening-failed':
      return `${words(event.type)} (${event.code})`;
    case 'inactivity-warned':
      return 'the opener was warned of inactivity';
    case 'messages-seen':
      return 'people wrote';
    case 'accepted':
    case 'refused':
    case 'channel-created':
    case 'closed':
    case 'ended':
      return words(event.type);
  }
}

function words(type: CaseEvent['type']): string {
  return type.replaceAll('-', ' ');
}

function instant(at: number): string {
  return new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}
