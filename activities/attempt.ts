import { Context } from '@temporalio/activity';
import type { Logger } from '../src/observability/logger';
import { asFailure } from './failure';

/** One try of an activity. */
export interface Attempt {
  /** The workflow's id, which is the case's. */
  readonly workflowId: string;
  /** 1 for the first try. From the second on, an earlier one may have done a part already. */
  readonly number: number;
  /**
   * When Temporal scheduled this try (milliseconds since the epoch): one clock for all workers, and the
   * workflow's own. Not later than now: a server that was killed lets a try begin before its time.
   */
  readonly now: number;
  /** Aborted when Temporal has given up on this try or the worker stops: another may be under way. */
  readonly signal: AbortSignal;
}

/**
 * Half of the activities' heartbeat timeout of 10 s. Most tries end sooner and send none:
 * a recorded heartbeat is an Action.
 */
const HEARTBEAT_MS = 4_000;

/** Runs one try: keeps it alive while it lasts, and lets out no error but those that say nothing private. */
export async function attempt<T>(log: Logger, run: (attempt: Attempt) => Promise<T>): Promise<T> {
  const context = Context.current();
  const { info } = context;
  const heartbeat = setInterval(() => {
    context.heartbeat();
  }, HEARTBEAT_MS);
  try {
    return await run({
      workflowId: info.workflowExecution?.workflowId ?? '',
      number: info.attempt,
      now: begun(info.currentAttemptScheduledTimestampMs, Date.now()),
      signal: context.cancellationSignal,
    });
  } catch (error) {
    const failure = asFailure(error);
    log.warn(
      {
        workflow: info.workflowExecution?.workflowId,
        activity: info.activityType,
        attempt: info.attempt,
        failure: failure.message,
      },
      'an effect failed; it is tried again',
    );
    throw failure;
  } finally {
    clearInterval(heartbeat);
  }
}

/** The longest pause between two tries is 30 s; a server whose clock is further ahead has a time of its own. */
const EARLY_AT_MOST_MS = 60_000;

function begun(scheduled: number, now: number): number {
  return scheduled - now < EARLY_AT_MOST_MS ? Math.min(scheduled, now) : scheduled;
}
