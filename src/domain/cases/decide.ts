import type { Actor, CaseState } from './case';
import { seniorTeam } from './case';
import type { CaseCommand, PersonCommand, Refusal } from './commands';
import { nextDeadline } from './deadline';
import type { CaseEvent } from './events';
import { isSenior, isStaff } from './standing';

type Decision = readonly CaseEvent[] | Refusal;

/**
 * Whether a command may be carried out now, and what then happened.
 *
 * @param now milliseconds since the epoch
 * @returns the events to apply in order (none: nothing changes), or the reason of the refusal
 */
export function decide(state: CaseState, command: CaseCommand, now: number): Decision {
  switch (command.type) {
    case 'messages':
      return seeMessages(state, command);
    case 'channel-gone':
      return loseChannel(state, command.channelId);
    case 'deadline':
      return passTime(state, now);
    case 'claim':
    case 'release':
    case 'raise':
    case 'resolve':
    case 'close':
    case 'reopen':
      return answer(state, command, now);
  }
}

/** Rights come before the case's condition: a stranger learns nothing about it. */
function answer(state: CaseState, command: PersonCommand, now: number): Decision {
  const staff = isStaff(state, command.actor);
  const opener = command.actor.userId === state.openerId;
  if (command.type === 'close' || command.type === 'reopen') {
    if (!staff && !opener) return { refused: 'not-yours' };
  } else if (!staff) {
    return { refused: 'not-staff' };
  }
  switch (state.status) {
    case 'opening':
    case 'reopening':
      return { refused: 'not-ready' };
    case 'refused':
    case 'failed':
    case 'ended':
      return { refused: command.type === 'reopen' ? 'reopen-window-over' : 'closed' };
    case 'closing':
      return { refused: 'closing' };
    case 'closed':
      return command.type === 'reopen'
        ? reopenClosed(state, command.actor, now)
        : { refused: 'closed' };
    case 'open':
    case 'claimed':
    case 'resolved':
      return handle(state, command);
  }
}

/** A command by somebody who has the right to it, on a case that has its channel. */
function handle(state: CaseState, command: PersonCommand): Decision {
  const { actor } = command;
  switch (command.type) {
    case 'claim':
      return claim(state, actor);
    case 'release':
      return release(state, actor);
    case 'raise': {
      const team = seniorTeam(state);
      if (team === null) return { refused: 'no-senior-team' };
      return [{ type: 'raised', by: { userId: actor.userId }, team }];
    }
    case 'resolve':
      if (state.status === 'resolved') return { refused: 'already-resolved' };
      return [{ type: 'resolved', by: actor.userId, note: command.note }];
    case 'close':
      return [
        {
          type: 'closing',
          cause: actor.userId === state.openerId ? 'opener' : 'staff',
          by: actor.userId,
          note: command.note,
        },
      ];
    case 'reopen':
      if (state.status !== 'resolved') return { refused: 'already-open' };
      return [{ type: 'reopened', by: actor.userId, newChannel: false }];
  }
}

/** A colleague's case is taken over only by somebody above the handling team. */
function claim(state: CaseState, actor: Actor): Decision {
  if (state.status === 'resolved') return { refused: 'already-resolved' };
  if (state.assigneeId === actor.userId) return { refused: 'already-yours' };
  if (state.assigneeId !== null && !isSenior(state, actor)) {
    return { refused: 'already-claimed', by: state.assigneeId };
  }
  return [{ type: 'claimed', by: actor.userId, from: state.assigneeId }];
}

function release(state: CaseState, actor: Actor): Decision {
  if (state.status === 'resolved') return { refused: 'already-resolved' };
  if (state.assigneeId === null) return { refused: 'not-claimed' };
  if (state.assigneeId !== actor.userId && !isSenior(state, actor)) {
    return { refused: 'already-claimed', by: state.assigneeId };
  }
  return [{ type: 'released', by: actor.userId, from: state.assigneeId }];
}

function reopenClosed(state: CaseState, actor: Actor, now: number): Decision {
  const deadline = nextDeadline(state);
  if (deadline === undefined || now >= deadline.at) return { refused: 'reopen-window-over' };
  return [{ type: 'reopened', by: actor.userId, newChannel: true }];
}

function seeMessages(
  state: CaseState,
  command: Extract<CaseCommand, { type: 'messages' }>,
): readonly CaseEvent[] {
  if (!hasChannel(state)) return [];
  const events: CaseEvent[] = [];
  if (command.staff !== null && state.firstAnswer === null) {
    events.push({ type: 'first-answered', by: command.staff.userId, answeredAt: command.staff.at });
  }
  events.push({ type: 'messages-seen', lastAt: command.lastAt });
  return events;
}

/** A channel that somebody deleted by hand closes its case; our own deletion while closing does not count. */
function loseChannel(state: CaseState, channelId: string): readonly CaseEvent[] {
  if (!hasChannel(state) || state.channelId !== channelId) return [];
  return [{ type: 'closing', cause: 'channel-gone', by: null, note: null }];
}

function passTime(state: CaseState, now: number): readonly CaseEvent[] {
  const deadline = nextDeadline(state);
  if (deadline === undefined || now < deadline.at) return [];
  switch (deadline.kind) {
    case 'inactivity-warning':
      return [{ type: 'inactivity-warned' }];
    case 'inactivity-close':
    case 'resolved-close':
      return [{ type: 'closing', cause: 'inactivity', by: null, note: null }];
    case 'reopen-window-end':
      return [{ type: 'ended' }];
  }
}

function hasChannel(state: CaseState): boolean {
  return state.status === 'open' || state.status === 'claimed' || state.status === 'resolved';
}
