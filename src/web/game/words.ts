import { GAME_WORDS } from '../../domain/registration/game-words';
import type { Outcome } from './check-code';

/** What players read in the game. It is plain text, and names nobody. */

const MINUTE = 60_000;

/** @param now milliseconds since the epoch */
export function outcomeMessage(outcome: Outcome, now: number): string {
  switch (outcome.outcome) {
    case 'verified':
      return GAME_WORDS.verified;
    case 'nobody':
      return GAME_WORDS.nobody;
    case 'done':
      return 'Your name was confirmed already: there is nothing left to do.';
    case 'taken':
      return GAME_WORDS.taken;
    case 'most-accounts':
      return GAME_WORDS.mostAccounts;
    case 'timed-out':
      return GAME_WORDS.timedOut;
    case 'wrong-code':
      return GAME_WORDS.wrongCode(outcome.attemptsLeft);
    case 'locked':
      return `There were too many wrong codes. Try again with /register on Discord in ${time(outcome.until - now)}.`;
  }
}

export const CANNOT_CHECK =
  'Your code cannot be checked at the moment. Please type it again in a minute.';

export const NOT_UNDERSTOOD =
  'Your code could not be checked, because of a mistake in how this server asks. Please tell the staff.';

/** @param ms until the next attempt may be made */
export const slowDown = (ms: number): string =>
  `You are typing codes too fast. Please wait ${time(ms)}, then try again.`;

/** Rounded up, so that nobody comes too early. */
function time(ms: number): string {
  const counted = (count: number, unit: string): string =>
    count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
  if (ms <= MINUTE) return counted(Math.max(1, Math.ceil(ms / 1_000)), 'second');
  if (ms <= 90 * MINUTE) return counted(Math.ceil(ms / MINUTE), 'minute');
  return counted(Math.ceil(ms / (60 * MINUTE)), 'hour');
}
