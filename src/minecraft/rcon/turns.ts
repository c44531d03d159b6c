import type { TimeLimit } from '../probes/time-limit';

/** One after the other, in the order in which they asked. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /**
   * Does the work when all that came before is done.
   *
   * @throws ProbeFailure `timed-out` when the time is over before its turn; the work is not begun then
   */
  async take<Value>(limit: TimeLimit, work: () => Promise<Value>): Promise<Value> {
    const before = this.#last;
    let leave = (): void => undefined;
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    this.#last = left;
    try {
      await limit.bound(before);
      return await work();
    } finally {
      // Whoever gave up while waiting must not let the next one overtake those before.
      void before.then(leave);
    }
  }
}
