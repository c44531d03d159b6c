import { Metadata, status, type Deadline, type Interceptor, type NextCall } from '@grpc/grpc-js';
import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';

type Call = ReturnType<NextCall>;

/**
 * The SDK's own retries, with two differences (both seen with @temporalio/client 1.24.0):
 *
 * - They survive that the connection is closed while one is pending: the SDK throws "Channel has been shut down"
 *   from a timer, which ends the process. The call fails with CANCELLED instead.
 * - They end with the call's deadline: the SDK looks at it only after its pause, which grows to 5 seconds, and
 *   the timer keeps a process from ending.
 */
export function retries(): Interceptor {
  const { delayFunction, retryableDecider } = defaultGrpcRetryOptions();
  return (options, nextCall) => {
    const left = (): number => Math.max(instantOf(options.deadline) - Date.now(), 0);
    const retry = makeGrpcRetryInterceptor({
      retryableDecider: (attempt, answer) => left() > 0 && retryableDecider(attempt, answer),
      delayFunction: (attempt, answer) => Math.min(delayFunction(attempt, answer), left()),
    });
    return retry(options, (callOptions) => {
      try {
        return nextCall(callOptions);
      } catch {
        return closedCall();
      }
    });
  };
}

/** In milliseconds since the epoch. */
function instantOf(deadline: Deadline | undefined): number {
  return deadline === undefined ? Number.POSITIVE_INFINITY : Number(deadline);
}

/** A call on a closed connection: whatever is sent, it ends at once. */
function closedCall(): Call {
  return {
    start(_metadata, listener) {
      const answer = {
        code: status.CANCELLED,
        details: 'The connection to Temporal was closed.',
        metadata: new Metadata(),
      };
      setImmediate(() => {
        listener?.onReceiveMessage?.(null);
        listener?.onReceiveStatus?.(answer);
      });
    },
    cancelWithStatus: () => undefined,
    getPeer: () => 'closed',
    sendMessageWithContext: () => undefined,
    sendMessage: () => undefined,
    startRead: () => undefined,
    halfClose: () => undefined,
    getAuthContext: () => null,
  };
}
