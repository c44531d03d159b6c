/**
 * Runs a job for each item, at most so many at the same time, each beginning when it is its turn.
 * Rejects with the first job's error.
 */
export async function atOnce<Item>(
  items: readonly Item[],
  most: number,
  job: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const work = async (): Promise<void> => {
    for (const item of waiting) await job(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, work));
}
