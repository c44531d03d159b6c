import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

/**
 * One durable timer that is set as rarely as possible: each timer is an Action that a server works for.
 * When a deadline moves later, the timer that runs already is kept and looked at again when it fires.
 */
export class Alarm {
  private armed: { readonly at: number; readonly scope: CancellationScope } | undefined;

  /**
   * Sees to it that a timer fires no later than `at`.
   *
   * @param at milliseconds since the epoch
   * @param summary what is waited for, as the Web UI shows it
   */
  arm(at: number, summary: string): void {
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

  /** Whether no timer runs: it fired, or none was ever set. */
  get silent(): boolean {
    return this.armed === undefined;
  }
}
