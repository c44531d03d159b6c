import type { Connection } from '@temporalio/client';
import { withinTime } from '../../timing/within-time';
import { WorkflowsUnreachable } from './unreachable';

/** How long Temporal may take to be reached, in milliseconds. */
const REACH_MS = 2_000;
/** For how long an answer of Temporal's proves that it is there. */
const TRUST_MS = 1_000;

/**
 * Finds out soon whether Temporal is there: a call itself is tried again until its own, longer time is over,
 * while a player waits in the game. Questions at the same time are one.
 *
 * @returns a function that throws WorkflowsUnreachable where it is not
 */
export function createReach(connection: Connection): () => Promise<void> {
  let confirmedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;

  const ask = async (): Promise<void> => {
    try {
      const asked = connection.withDeadline(Date.now() + REACH_MS, () =>
        connection.workflowService.getSystemInfo({}),
      );
      await withinTime(REACH_MS + 100, asked, () => new WorkflowsUnreachable());
      confirmedAt = performance.now();
    } catch (cause) {
      throw new WorkflowsUnreachable({ cause });
    } finally {
      asking = undefined;
    }
  };
  return async () => {
    if (performance.now() - confirmedAt < TRUST_MS) return;
    asking ??= ask();
    await asking;
  };
}
