import {
  isGrpcServiceError,
  ServiceError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Connection,
} from '@temporalio/client';
import { withinTime } from '../../timing/within-time';
import { createReach } from './reach';
import { WorkflowsUnreachable } from './unreachable';

/** Asks Temporal for something that somebody outside waits for. */
export interface WithinReach {
  /**
   * Does it if Temporal is there, within so many milliseconds.
   *
   * @throws WorkflowsUnreachable; what the SDK throws
   */
  <Result>(ms: number, operation: () => Promise<Result>): Promise<Result>;
}

/** @param connection one that need not be open yet, and that finds back by itself */
export function withinReach(connection: Connection): WithinReach {
  const reach = createReach(connection);
  return async (ms, operation) => {
    await reach();
    const result = connection.withDeadline(Date.now() + ms, operation);
    return withinTime(ms + 100, result, () => new WorkflowsUnreachable());
  };
}

/** What the SDK's errors mean for whoever asked. Others, such as a wrong argument, stay as they are. */
export function translated(error: unknown): unknown {
  const unreached =
    error instanceof ServiceError ||
    error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
    isGrpcServiceError(error);
  return unreached ? new WorkflowsUnreachable({ cause: error }) : error;
}
