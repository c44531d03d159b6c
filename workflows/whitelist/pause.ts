const FIRST_MS = 5_000;
const LONGEST_MS = 15 * 60_000;

/**
 * How long to wait for a server that is away (milliseconds): short at first, then doubled up to a quarter of an
 * hour, so that a week costs some hundred tries.
 *
 * @param failures tries in a row that failed, from 1
 */
export function pauseAfter(failures: number): number {
  return Math.min(FIRST_MS * 2 ** Math.min(failures - 1, 20), LONGEST_MS);
}
