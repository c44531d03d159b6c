import { setMaxListeners } from 'node:events';
import { ProbeFailure } from './failure';
import type { ProbeLimits } from './probe';

/** What one probe, or a part of it, has left of its time. */
export class TimeLimit {
  readonly #end: number;
  readonly #enders = new Set<() => void>();
  readonly #letGo: () => unknown;
  #over = false;

  /** @param limits when it ends; or another limit, with which it ends unless it is ended before */
  constructor(limits: ProbeLimits | TimeLimit) {
    if (limits instanceof TimeLimit) {
      this.#end = limits.#end;
      this.#letGo = limits.onEnd(this.#endAll);
      return;
    }
    const { timeoutMs, signal } = limits;
    this.#end = performance.now() + timeoutMs;
    // After a long turn of the event loop timers come before the network. An answer that is there
    // already is looked at before the probe gives up.
    const timer = setTimeout(() => setImmediate(this.#endAll), timeoutMs);
    // Hundreds of probes share one signal; Node.js takes more than ten listeners for a leak.
    setMaxListeners(0, signal);
    signal.addEventListener('abort', this.#endAll, { once: true });
    this.#letGo = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', this.#endAll);
    };
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

  /** Ends it for all who still wait, and lets go of timer and signal. It must be called in the end. */
  close(): void {
    this.#letGo();
    this.#endAll();
  }

  readonly #endAll = (): void => {
    this.#over = true;
    const enders = [...this.#enders];
    this.#enders.clear();
    for (const end of enders) end();
  };
}
