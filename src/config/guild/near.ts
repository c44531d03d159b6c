/** How many letters must be changed, added, left out or swapped with their neighbour. */
function distance(left: string, right: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      const swapped =
        row > 1 &&
        column > 1 &&
        left[row - 1] === right[column - 2] &&
        left[row - 2] === right[column - 1];
      current.push(
        Math.min(
          (previous[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (previous[column - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (before[column - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    before = previous;
    previous = current;
  }
  return previous[right.length] ?? 0;
}

/** Names longer than Discord's own are not compared: that would only cost time. */
const LONGEST = 100;

/**
 * What somebody who wrote `name` may have meant: at most three of the candidates, the nearest first,
 * compared without case; up to a third of the letters may differ.
 */
export function near(name: string, candidates: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  if (wanted.length > LONGEST) return [];
  const most = Math.max(1, Math.floor(wanted.length / 3));
  return [...new Set(candidates)]
    .filter((candidate) => Math.abs(candidate.length - wanted.length) <= most)
    .map((candidate) => ({ candidate, away: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ away }) => away <= most)
    .sort((left, right) => left.away - right.away)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}
