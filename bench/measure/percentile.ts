/**
 * A percentile of times that were measured in whole milliseconds. Each stands for the millisecond
 * around it, evenly: between 2 and 3 lies a lot when something takes 2 ms.
 *
 * @param part from 0 to 1: 0.5 is the median
 * @returns NaN when there are no values
 */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const wanted = part * sorted.length;
  const value = sorted[Math.min(sorted.length - 1, Math.floor(wanted))];
  if (value === undefined) return Number.NaN;
  const below = sorted.filter((other) => other < value).length;
  const equal = sorted.filter((other) => other === value).length;
  return Math.max(0, value - 0.5 + (wanted - below) / equal);
}

/**
 * A percentile of times that were measured in fractions of a millisecond: the least of them that at least
 * so large a part of all does not exceed (the nearest rank).
 *
 * @param part from 0 to 1: 0.5 is the median
 * @returns NaN when there are no values
 */
export function exactPercentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

/**
 * The middle of a few figures, such as those of several rounds.
 *
 * @returns NaN when there are none
 */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
