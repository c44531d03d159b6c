import type { CaseState, CloseCause } from '../../src/domain/cases/case';
import { handlingTeam } from '../../src/domain/cases/case';
import type { DeadlineKind } from '../../src/domain/cases/deadline';
import { nextDeadline } from '../../src/domain/cases/deadline';
import type { CaseEvent } from '../../src/domain/cases/events';

/** What the Web UI shows of a running ticket: markdown that says where it stands and what it waits for. */
export function currentDetails(state: CaseState, delayed: string | null): string {
  const lines = [`**${title(state)}** ${standing(state)}`, '', waiting(state, delayed)];
  const team = handlingTeam(state);
  lines.push('');
  if (team !== null) lines.push(`- Team: \`${team}\`${state.raised === null ? '' : ' (raised)'}`);
  if (state.assigneeId !== null) lines.push(`- Assignee: \`${state.assigneeId}\``);
  lines.push(`- Opened by: \`${state.openerId}\``);
  if (state.channelId !== null) lines.push(`- Channel: \`${state.channelId}\``);
  lines.push(`- Last activity: ${instant(state.lastActivityAt)}`);
  return lines.join('\n');
}

function title(state: CaseState): string {
  return state.number === 0 ? 'New ticket' : `Ticket ${state.number}`;
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

/** The deadline's name on its timer in the Web UI. The timer may fire early and be set again. */
export function timerSummary(kind: DeadlineKind): string {
  switch (kind) {
    case 'inactivity-warning':
      return 'Until the opener is warned of inactivity';
    case 'inactivity-close':
      return 'Until the ticket closes for inactivity';
    case 'resolved-close':
      return 'Until the resolved ticket closes';
    case 'reopen-window-end':
      return 'Until the reopen window is over';
  }
}

/** An activity's name in the Web UI: what happened that it records and shows. */
export function changeSummary(number: number, events: readonly CaseEvent[]): string {
  return `Ticket ${number}: ${events.map((event) => event.type.replaceAll('-', ' ')).join(', ')}`;
}

function instant(at: number): string {
  return new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}
