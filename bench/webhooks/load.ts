/** Operations of which so many are under way at a time, until so many were done. */
export interface Load {
  /** How long each took, in milliseconds. */
  readonly times: readonly number[];
  /** From the first beginning to the last end, in milliseconds. */
  readonly tookMs: number;
}

/**
 * Does something again and again.
 *
 * @param operation gets the number of this time, from 0
 */
export async function repeat(
  { count, atOnce }: { readonly count: number; readonly atOnce: number },
  operation: (index: number) => Promise<void>,
): Promise<Load> {
  const times: number[] = [];
  let next = 0;
  const began = performance.now();
  const work = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      const begun = performance.now();
      await operation(index);
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { times, tookMs: performance.now() - began };
}
