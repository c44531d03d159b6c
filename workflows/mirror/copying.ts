import type { ActivityOptions } from '@temporalio/workflow';

/** Tries without end: what was written is copied, however long an outage lasts. */
export const COPYING = {
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '10 seconds',
  retry: {
    initialInterval: '3 seconds',
    backoffCoefficient: 2,
    maximumInterval: '30 seconds',
  },
} as const satisfies ActivityOptions;
