import { CancellationScope, condition, isCancellation, sleep } from '@temporalio/workflow';

/**
 * One durable timer that is set as rarely as possible: each timer is an Action that a server works for.
 * When a deadline moves later, the timer that runs already is kept and looked at again when it fires.
 */
export class Alarm {
  private armed: { readonly at: number; readonly scope: CancellationScope } | undefined;

  /**
   * Waits until something has happened, but no longer than to the deadline, if there is one.
   *
   * @param deadline `at` in milliseconds since the epoch; `summary` is what the Web UI shows of it
   */
  async wait(
    happened: () => boolean,
    deadline: { readonly at: number; readonly summary: string } | undefined,
  ): Promise<void> {
    if (deadline === undefined) {
      await condition(happened);
      return;
    }
    this.arm(deadline.at, deadline.summary);
    await condition(() => happened() || this.armed === undefined);
  }

  /** Sees to it that a timer fires no later than `at`. */
  private arm(at: number, summary: string): void {
    if (this.armed !== undefined && this.armed.at <= at) return;
    this.armed?.scope.cancel();
    const scope = new CancellationScope();
    const mine = { at, scope };
    this.armed = mine;
    const gone = (): void => {
      if (this.armed === mine) this.armed = undefined;
    };
    scope
      .run(() => sleep(Math.max(at - Date.now(), 1), { summary }))
      .then(gone, (error: unknown) => {
        if (!isCancellation(error)) throw error;
        gone();
      });
  }
}
