/** A stretch of time: from its beginning up to, but not at, its end, in milliseconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What is left of stretches, in order and without overlaps, when others are cut out of them. */
export function without(
  stretches: readonly Stretch[],
  cut: readonly Stretch[],
): readonly Stretch[] {
  let left = [...stretches];
  for (const { from, to } of cut) {
    left = left.flatMap((stretch) =>
      to <= stretch.from || from >= stretch.to
        ? [stretch]
        : [
            { from: stretch.from, to: from },
            { from: to, to: stretch.to },
          ].filter((rest) => rest.to > rest.from),
    );
  }
  return left;
}

/** The same time with each moment in at most one stretch, in order. */
export function union(stretches: readonly Stretch[]): readonly Stretch[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of [...stretches].sort((one, other) => one.from - other.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

export function isWithin(moment: number, stretches: readonly Stretch[]): boolean {
  return stretches.some(({ from, to }) => moment >= from && moment < to);
}

export const lengthOf = ({ from, to }: Stretch): number => to - from;
