import { setTimeout as pause } from 'node:timers/promises';

/** How long an answer may take when nothing else is under way: a verdict may be waited for 25 s. */
const ANSWERED_MS = 45_000;
const LOOK_MS = 500;

/** What is still going on. */
export interface Restlessness {
  /** What is not finished yet, in words. */
  readonly underWay: () => Promise<readonly string[]>;
  /** How many people still look at an answer that "thinks". */
  readonly thinking: () => number | Promise<number>;
}

/**
 * Waits until nothing is under way any more and everybody has an answer.
 *
 * @param patienceMs for how long
 * @returns what is still under way after that, in words
 */
export async function untilAtRest(
  { underWay, thinking }: Restlessness,
  patienceMs: number,
): Promise<string[]> {
  const until = performance.now() + patienceMs;
  let quietSince: number | undefined;
  for (;;) {
    const [busy, waiting] = await Promise.all([underWay(), thinking()]);
    if (busy.length === 0 && waiting === 0) return [];
    if (busy.length > 0) quietSince = undefined;
    else quietSince ??= performance.now();
    // Nobody works on an answer any more: those that are missing are the verdict's to tell.
    if (quietSince !== undefined && performance.now() - quietSince > ANSWERED_MS) return [];
    if (performance.now() > until) return busy.map((what) => `does not come to rest: ${what}`);
    await pause(LOOK_MS);
  }
}
