import type { Outcome } from './check-code';

/** What players read in the game. It is plain text, and names nobody. */

const MINUTE = 60_000;

/** @param now milliseconds since the epoch */
export function outcomeMessage(outcome: Outcome, now: number): string {
  switch (outcome.outcome) {
    case 'verified':
      return 'Confirmed: this account is linked to your Discord user now.';
    case 'nobody':
      return 'No registration is waiting for your name. Start one with /register on Discord, then type its code here.';
    case 'done':
      return 'Your name was confirmed already: there is nothing left to do.';
    case 'taken':
      return 'The code is right, but this account belongs to somebody else on Discord. If it is yours, ask the staff there.';
    case 'most-accounts':
      return 'The code is right, but you have as many accounts as are allowed. Remove one with /unregister on Discord, then register this one again.';
    case 'timed-out':
      return 'That code came too late. Get a new one with /register on Discord.';
    case 'wrong-code':
      return `That code is wrong. You have ${attempts(outcome.attemptsLeft)} left. Only the newest code that you got on Discord counts.`;
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

const attempts = (count: number): string => (count === 1 ? '1 attempt' : `${count} attempts`);

/** Rounded up, so that nobody comes too early. */
function time(ms: number): string {
  const counted = (count: number, unit: string): string =>
    count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
  if (ms <= MINUTE) return counted(Math.max(1, Math.ceil(ms / 1_000)), 'second');
  if (ms <= 90 * MINUTE) return counted(Math.ceil(ms / MINUTE), 'minute');
  return counted(Math.ceil(ms / (60 * MINUTE)), 'hour');
}
