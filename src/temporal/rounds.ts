import {
  ScheduleAlreadyRunning,
  ScheduleOverlapPolicy,
  type ScheduleClient,
  type ScheduleOptions,
} from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import {
  WATCH_SERVERS_SCHEDULE,
  WATCH_SERVERS_WORKFLOW,
} from '../../workflows/watch-servers/contract';
import { TASK_QUEUE } from '../../workflows/ticket/contract';
import { searchAttributes } from './search-attributes';

/** The shortest interval that a server can have; every tick is a multiple of it. */
const LEAST_MS = 10_000;

/**
 * How often a round is begun, so that every server gets its turn in time: the greatest common divisor of the
 * intervals, in whole tens of seconds.
 *
 * @param intervalsMs those of all watched servers
 * @returns milliseconds; `null`: nothing is watched, and nothing has to be done
 */
export function roundsEvery(intervalsMs: readonly number[]): number | null {
  if (intervalsMs.length === 0) return null;
  const tens = intervalsMs.map((interval) => Math.max(Math.floor(interval / LEAST_MS), 1));
  return tens.reduce(divisor) * LEAST_MS;
}

function divisor(left: number, right: number): number {
  return right === 0 ? left : divisor(right, left % right);
}

/**
 * Sees to it that rounds of checks come so often, or not at all. Called again, or by several workers at once,
 * it does no harm.
 *
 * A round that comes late is dropped, not made up for: what counts is how the servers are now.
 *
 * @param everyMs `null`: the schedule is paused, and costs nothing
 */
export async function scheduleRounds(
  schedules: ScheduleClient,
  everyMs: number | null,
  taskQueue: string = TASK_QUEUE,
): Promise<void> {
  const kind = { key: searchAttributes.kind, value: 'watch-servers' };
  const paused = everyMs === null;
  const options = {
    spec: { intervals: [{ every: everyMs ?? LEAST_MS }] },
    action: {
      type: 'startWorkflow' as const,
      workflowType: WATCH_SERVERS_WORKFLOW,
      workflowId: WATCH_SERVERS_SCHEDULE,
      taskQueue,
      args: [],
      staticSummary: 'A round of checks of the game servers',
      typedSearchAttributes: new TypedSearchAttributes([kind]),
      // A round whose worker died is given up in time for the ones after it.
      workflowExecutionTimeout: '5 minutes',
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10 seconds' },
    state: { paused, note: paused ? 'No server is watched.' : 'Servers are watched.' },
  } satisfies Omit<ScheduleOptions, 'scheduleId'>;
  try {
    await schedules.create({
      scheduleId: WATCH_SERVERS_SCHEDULE,
      ...options,
      typedSearchAttributes: new TypedSearchAttributes([kind]),
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await schedules.getHandle(WATCH_SERVERS_SCHEDULE).update((before) => ({
      ...options,
      state: { ...before.state, ...options.state },
    }));
  }
}

/** Begins a round now, also while the schedule is paused. */
export async function runRoundNow(schedules: ScheduleClient): Promise<void> {
  await schedules.getHandle(WATCH_SERVERS_SCHEDULE).trigger(ScheduleOverlapPolicy.SKIP);
}
