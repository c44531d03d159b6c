/**
 * How many of independent events happen, other than by a chance of at most one in a million on either side.
 *
 * @param chances of each, 0 to 1
 */
export function likelyCount(chances: readonly number[]): {
  readonly least: number;
  readonly most: number;
} {
  // The distribution of the count, one event after the other (Poisson binomial).
  const distribution = chances.reduce(
    (before, chance) =>
      Array.from(
        { length: before.length + 1 },
        (_, count) => (before[count] ?? 0) * (1 - chance) + (before[count - 1] ?? 0) * chance,
      ),
    [1],
  );
  const beyond = (counts: readonly number[]): number => {
    let sum = 0;
    return counts.findIndex((share) => (sum += share) > 1e-6);
  };
  return {
    least: beyond(distribution),
    most: chances.length - beyond(distribution.toReversed()),
  };
}
