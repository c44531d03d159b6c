import { setTimeout as pause } from 'node:timers/promises';

/** How often a database is asked, which does not tell by itself (milliseconds). */
const ASK_EVERY_MS = 25;

/**
 * Asks until the check gives something.
 *
 * @throws Error after `withinMs`
 */
export async function until<Value>(
  what: string,
  check: () => Promise<Value | undefined | false | null>,
  withinMs = 30_000,
): Promise<Value> {
  for (const end = performance.now() + withinMs; ;) {
    const value = await check();
    if (value !== undefined && value !== false && value !== null) return value;
    if (performance.now() > end) throw new Error(`Waited ${withinMs} ms for ${what}.`);
    await pause(ASK_EVERY_MS);
  }
}
