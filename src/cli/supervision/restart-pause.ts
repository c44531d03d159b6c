const first = 200;
const longest = 30_000;
/** A process that got as far as being ready is worth having back soon, even if it died often. */
const longestAfterReady = 5_000;
const healthyAfter = 60_000;

/**
 * How long to wait before a process is started again, in milliseconds: twice as long as the last
 * time, from 0.2 s to 30 s, and from the beginning after a minute of health.
 *
 * @param last the pause before the start that has just failed or ended; 0 if there was none
 * @param lived how long the process lived after it was ready; undefined if it never was
 */
export function nextPause(last: number, lived: number | undefined): number {
  if (lived !== undefined && lived >= healthyAfter) return first;
  return Math.min(Math.max(last * 2, first), lived === undefined ? longest : longestAfterReady);
}
