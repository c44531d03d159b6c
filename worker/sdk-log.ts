import type { LogLevel, LogMetadata } from '@temporalio/worker';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { Logger } from '../src/observability/logger';

const LEVELS = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'debug',
  WARN: 'warn',
  ERROR: 'error',
} as const satisfies Record<LogLevel, string>;

/** Warnings of what is as it is meant: one of our workers only listens on game servers. */
const EXPECTED: readonly string[] = ['No workflows registered, not polling for workflow tasks'];

/**
 * Sends what Temporal's SDK logs through our logger. What it calls information (its state at start and
 * stop, the bundler's report) is for debugging us. To be called before any connection or worker is made.
 */
export function logThroughOurs(log: Logger): void {
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      log[EXPECTED.includes(message) ? 'debug' : LEVELS[level]](facts(meta), message);
    }),
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN' }) },
    },
  });
}

/** Which workflow or activity it is about; its error's kind, but nothing that it carried. */
function facts(meta: LogMetadata | undefined): Record<string, unknown> {
  const known: Record<string, unknown> = { ...meta };
  return {
    workflow: known.workflowId,
    type: known.activityType ?? known.workflowType,
    attempt: known.attempt,
    ...(known.error instanceof Error && { failure: known.error.message }),
  };
}
