import { nextRegistrationDeadline } from './deadline';
import { sameName } from './name';
import type {
  Guess,
  RegistrationCommand,
  RegistrationEvent,
  RegistrationPolicy,
  RegistrationRefusal,
  RegistrationState,
  RegistrationStatus,
} from './registration';

type Decision = readonly RegistrationEvent[] | RegistrationRefusal;

/**
 * Whether a command may be carried out now, and what then happened.
 *
 * @param now milliseconds since the epoch
 * @returns the events to apply in order (none: nothing changes), or the reason of the refusal
 */
export function decideRegistration(
  state: RegistrationState,
  command: RegistrationCommand,
  now: number,
): Decision {
  switch (command.type) {
    case 'guess':
      return hear(state, command.guess, now);
    case 'new-code':
      return renew(state, now);
    case 'cancel':
      return cancel(state, now);
    case 'deadline':
      return isLate(state, now) ? [{ type: 'timed-out' }] : [];
  }
}

/** Who it is comes first: another player neither learns anything of the registration nor uses up its attempts. */
function hear(state: RegistrationState, guess: Guess, now: number): Decision {
  const { serverId, player, codeHash } = guess;
  if (player.edition !== state.edition || !sameName(state.edition, player.name, state.name)) {
    return { refused: 'other-player' };
  }
  if (isRepeated(state, guess)) return [];
  const open = whileWaiting(state, now);
  if ('refused' in open) return open;
  if (state.codeHash !== null && codeHash === state.codeHash) {
    return [{ type: 'proven', proof: { serverId, player } }];
  }
  const attemptsLeft = Math.max(open.mostAttempts - state.wrong - 1, 0);
  const wrong: RegistrationEvent = { type: 'wrong-code', serverId, attemptsLeft };
  return attemptsLeft > 0 ? [wrong] : [wrong, { type: 'locked', until: now + open.lockMs }];
}

/** The player who typed the right code types it once more: nothing happens, and they hear the same. */
function isRepeated(state: RegistrationState, { player, codeHash }: Guess): boolean {
  if (state.status !== 'verified' && state.status !== 'rejected') return false;
  return codeHash === state.codeHash && player.uuid === state.proof?.player.uuid;
}

function renew(state: RegistrationState, now: number): Decision {
  const open = whileWaiting(state, now);
  if ('refused' in open) return open;
  if (state.codes >= open.mostCodes) return { refused: 'most-codes', most: open.mostCodes };
  return [{ type: 'code-asked' }];
}

function cancel(state: RegistrationState, now: number): Decision {
  const open = whileWaiting(state, now);
  return 'refused' in open ? open : [{ type: 'cancelled' }];
}

/** The policy, where a code is awaited; else why none is. */
function whileWaiting(
  state: RegistrationState,
  now: number,
): RegistrationPolicy | RegistrationRefusal {
  if (!isSettled(state)) return { refused: 'not-ready' };
  if (state.status !== 'waiting' || state.policy === null) return ended(state);
  // The timer may fire late, as after an outage; what is typed in between is late all the same.
  return isLate(state, now) ? { refused: 'timed-out' } : state.policy;
}

function isLate(state: RegistrationState, now: number): boolean {
  const deadline = nextRegistrationDeadline(state);
  return deadline !== undefined && now >= deadline.at;
}

function ended(state: RegistrationState): RegistrationRefusal {
  if (state.lockedUntil !== null) return { refused: 'locked', until: state.lockedUntil };
  return { refused: state.status === 'timed-out' ? 'timed-out' : 'over' };
}

/** Whether commands are decided now, and not when an effect that is under way has ended. */
export function isSettled({ status }: RegistrationState): boolean {
  return status !== 'starting' && status !== 'linking';
}

const ENDS: readonly RegistrationStatus[] = [
  'verified',
  'rejected',
  'timed-out',
  'cancelled',
  'locked',
  'refused',
];

/** Whether nothing can change it any more. */
export function isOver({ status }: RegistrationState): boolean {
  return ENDS.includes(status);
}

export function isRegistrationRefusal(decision: Decision): decision is RegistrationRefusal {
  return 'refused' in decision;
}
