import type { RegistrationEvent, RegistrationState } from './registration';

/** A registration of which nothing is known yet but who wants what. */
export function newRegistration(
  subject: Pick<RegistrationState, 'userId' | 'edition' | 'name'>,
  now: number,
): RegistrationState {
  const { userId, edition, name } = subject;
  return {
    userId,
    edition,
    name,
    policy: null,
    status: 'starting',
    codeHash: null,
    codes: 0,
    wrong: 0,
    startedAt: now,
    endsAt: null,
    proof: null,
    lockedUntil: null,
    refusal: null,
    rejection: null,
    seq: 0,
  };
}

/**
 * The only way that a registration's state changes. `at` is the instant of the event in milliseconds since the
 * epoch. An event that was accepted by `decideRegistration`, or that reports what an activity did, always applies.
 */
export function evolveRegistration(
  state: RegistrationState,
  event: RegistrationEvent,
  at: number,
): RegistrationState {
  return { ...state, ...changes(state, event, at), seq: state.seq + 1 };
}

function changes(
  state: RegistrationState,
  event: RegistrationEvent,
  at: number,
): Partial<RegistrationState> {
  switch (event.type) {
    case 'refused':
      return { status: 'refused', refusal: event.refusal, ...WORTHLESS };
    case 'started':
      return {
        policy: event.policy,
        // However many there were, who may begin may try once.
        wrong: Math.min(event.wrong, event.policy.mostAttempts - 1),
      };
    case 'code-sent':
      return {
        status: 'waiting',
        codeHash: event.codeHash,
        codes: state.codes + 1,
        endsAt: at + (state.policy?.timeoutMs ?? 0),
      };
    case 'code-unseen':
      return { status: 'waiting', codes: state.codes + 1, ...WORTHLESS };
    case 'code-asked':
      return { status: 'starting', ...WORTHLESS };
    case 'wrong-code':
      return { wrong: state.wrong + 1 };
    case 'proven':
      return { status: 'linking', proof: event.proof };
    case 'locked':
      return { status: 'locked', lockedUntil: event.until, ...WORTHLESS };
    case 'timed-out':
      return { status: 'timed-out', ...WORTHLESS };
    case 'cancelled':
      return { status: 'cancelled', ...WORTHLESS };
    case 'verified':
      return { status: 'verified' };
    case 'rejected':
      return { status: 'rejected', rejection: event.rejection };
  }
}

/** The code that was sent before is worth nothing any more. */
const WORTHLESS = { codeHash: null } as const;
