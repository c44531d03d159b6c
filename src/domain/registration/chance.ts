import { CODES, MOST_ATTEMPTS } from './code';
import type { CodeKind } from './registration';

export interface Guessing {
  readonly kind: CodeKind;
  /** Codes tried in all. One that is tried on several registrations of a name at once counts for each. */
  readonly guesses: number;
  /** Registrations whose player the guesser can be. */
  readonly registrations: number;
  /** Wrong codes that lock a registration. */
  readonly mostAttempts?: number;
  /** Codes among which the guesser chooses; absent: all that there are. */
  readonly codes?: number;
}

/**
 * How likely it is that somebody who guesses hits at least one code, guessing as well as can be: never the same
 * code twice on one registration, and no guess on one that is locked.
 *
 * Of N codes, a guesses on one registration hit with a/N. Over the registrations these chances are independent, so
 * it is 1 − (1 − a/N)^f · (1 − r/N), where f registrations take all their a attempts and one takes the r that are
 * left. How the guesses are spread changes it by less than (a/N)²; a new code in between, which the guesses
 * before do not narrow down, only lowers it.
 *
 * @returns 0 to 1
 */
export function chanceOfGuessing({
  kind,
  guesses,
  registrations,
  mostAttempts = MOST_ATTEMPTS[kind],
  codes = CODES[kind],
}: Guessing): number {
  const used = Math.min(Math.max(guesses, 0), registrations * mostAttempts);
  const full = Math.floor(used / mostAttempts);
  const rest = used % mostAttempts;
  // By logarithms, since 1 − a/N is 1 where a/N is small.
  const missed = full * Math.log1p(-mostAttempts / codes) + Math.log1p(-rest / codes);
  return -Math.expm1(missed);
}

export interface LastingGuesses extends Pick<Guessing, 'kind' | 'mostAttempts' | 'codes'> {
  /** Names that are registered anew by their users as soon as they may, each by one. */
  readonly names: number;
  /** For how long somebody guesses, and for how long a lock holds; milliseconds. */
  readonly forMs: number;
  readonly lockMs: number;
}

/**
 * How likely it is that somebody hits at least one code who never ceases to guess. What was wrong counts for the
 * time of a lock, whatever is cancelled and begun anew: within each such time a name takes its attempts, and no more.
 *
 * @returns 0 to 1
 */
export function chanceOverTime({ names, forMs, lockMs, ...more }: LastingGuesses): number {
  const registrations = names * Math.ceil(forMs / lockMs);
  return chanceOfGuessing({ ...more, registrations, guesses: Number.POSITIVE_INFINITY });
}
