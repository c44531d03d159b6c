import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../observability/logger';
import { isOutage } from './views/error-answer';

/** Pauses between tries: from a second to a quarter of a minute (milliseconds). */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Tries an operation until Temporal and Postgres let it succeed. For what nobody waits for and what
 * must not be lost.
 *
 * @throws the signal's reason when it is aborted, and every error that is not an outage
 */
export async function throughOutages<T>(
  what: string,
  operation: () => Promise<T>,
  { log, signal }: { readonly log: Logger; readonly signal: AbortSignal },
): Promise<T> {
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
    signal.throwIfAborted();
    try {
      return await operation();
    } catch (error) {
      if (!isOutage(error)) throw error;
      log.warn({ err: error, what }, 'an outage delays this; trying on');
    }
    await pause(wait, undefined, { signal, ref: false });
  }
}
