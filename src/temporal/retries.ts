import { Metadata, status, type Interceptor, type NextCall } from '@grpc/grpc-js';
import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';

type Call = ReturnType<NextCall>;

/**
 * The SDK's own retries, which survive that the connection is closed while one is pending: without
 * this the SDK throws "Channel has been shut down" from a timer, which ends the process (seen with
 * @temporalio/client 1.24.0). The call fails with CANCELLED instead.
 */
export function retries(): Interceptor {
  const retry = makeGrpcRetryInterceptor(defaultGrpcRetryOptions());
  return (options, nextCall) =>
    retry(options, (callOptions) => {
      try {
        return nextCall(callOptions);
      } catch {
        return closedCall();
      }
    });
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
