import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/** Growing pauses between tries, until one succeeds. */
export class Pauses {
  #next = FIRST_MS;

  constructor(private readonly first = FIRST_MS) {
    this.#next = first;
  }

  succeeded(): void {
    this.#next = this.first;
  }

  /** Ends early, without an error, when the signal aborts. */
  async afterFailure(signal: AbortSignal): Promise<void> {
    const ms = this.#next;
    this.#next = Math.min(ms * 2, LONGEST_MS);
    await pause(ms, signal);
  }
}

/** Ends early, without an error, when the signal aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
