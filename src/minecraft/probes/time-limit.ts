import { ProbeFailure } from './failure';
import type { ProbeLimits } from './probe';

/** What one probe has left of its time. */
export class TimeLimit {
  readonly #end: number;
  readonly #enders = new Set<() => void>();
  readonly #signal: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  #over = false;

  constructor({ timeoutMs, signal }: ProbeLimits) {
    this.#end = performance.now() + timeoutMs;
    this.#signal = signal;
    // After a long turn of the event loop timers come before the network. An answer that is there
    // already is looked at before the probe gives up.
    this.#timer = setTimeout(() => setImmediate(this.#endAll), timeoutMs);
    signal.addEventListener('abort', this.#endAll, { once: true });
    if (signal.aborted) this.#endAll();
  }

  /** Milliseconds, not below 0. */
  get left(): number {
    return Math.max(0, this.#end - performance.now());
  }

  get over(): boolean {
    return this.#over;
  }

  /**
   * Calls `ender` when the time is over, at once if it is.
   *
   * @returns takes it back
   */
  onEnd(ender: () => void): () => void {
    if (this.#over) {
      ender();
      return () => undefined;
    }
    this.#enders.add(ender);
    return () => this.#enders.delete(ender);
  }

  /** What a promise brings, or a failure when the time is over before. */
  async bound<Value>(promise: Promise<Value>): Promise<Value> {
    let forget = (): unknown => undefined;
    const ended = new Promise<never>((_, reject) => {
      forget = this.onEnd(() => {
        reject(new ProbeFailure('timed-out'));
      });
    });
    try {
      return await Promise.race([promise, ended]);
    } finally {
      forget();
    }
  }

  /** Waits, but not longer than the time lasts. */
  async pause(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let forget = (): unknown => undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
      forget = this.onEnd(resolve);
    });
    clearTimeout(timer);
    forget();
  }

  /** Must be called in the end: it lets go of the timer and the signal. */
  release(): void {
    clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this.#endAll);
    this.#enders.clear();
  }

  readonly #endAll = (): void => {
    this.#over = true;
    const enders = [...this.#enders];
    this.#enders.clear();
    for (const end of enders) end();
  };
}
