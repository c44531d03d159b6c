import type { Outcome } from './check-code';
import { outcomeMessage } from './words';

/** What a game server is answered: contract, section 7. */
export interface VerificationAnswer {
  readonly status: number;
  /** For the player, in the game. */
  readonly message: string;
  /** Members of its own. */
  readonly more: Readonly<Record<string, unknown>>;
  /** In seconds. */
  readonly retryAfter: number | null;
}

const STATUSES: Readonly<Record<Outcome['outcome'], number>> = {
  verified: 200,
  nobody: 404,
  done: 404,
  taken: 409,
  'most-accounts': 409,
  'timed-out': 410,
  'wrong-code': 422,
  locked: 423,
};

/** @param now milliseconds since the epoch */
export function verificationAnswer(outcome: Outcome, now: number): VerificationAnswer {
  const answer = {
    status: STATUSES[outcome.outcome],
    message: outcomeMessage(outcome, now),
    more: {},
    retryAfter: null,
  };
  switch (outcome.outcome) {
    case 'verified':
      return { ...answer, more: { verified: true } };
    case 'wrong-code':
      return { ...answer, more: { attemptsLeft: outcome.attemptsLeft } };
    case 'locked':
      return {
        ...answer,
        more: { lockedUntil: new Date(outcome.until).toISOString() },
        retryAfter: Math.max(1, Math.ceil((outcome.until - now) / 1_000)),
      };
    default:
      return answer;
  }
}
