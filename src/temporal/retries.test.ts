import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Metadata, status, type InterceptorOptions, type NextCall } from '@grpc/grpc-js';
import { retries } from './retries';

/** Of it, the interceptor passes on everything but the deadline. */
const METHOD = {
  path: '/temporal.api.workflowservice.v1.WorkflowService/GetSystemInfo',
  requestStream: false,
  responseStream: false,
  requestSerialize: () => Buffer.alloc(0),
  responseDeserialize: () => ({}),
};

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** A call to a server that is never there. @param deadline milliseconds since the epoch */
function call(deadline?: number) {
  const seen = { tries: 0, code: undefined as number | undefined };
  const nowhere: NextCall = () => ({
    start(_metadata, listener) {
      seen.tries += 1;
      listener?.onReceiveMessage?.(null);
      listener?.onReceiveStatus?.({
        code: status.UNAVAILABLE,
        details: 'nobody is there',
        metadata: new Metadata(),
      });
    },
    cancelWithStatus: () => undefined,
    getPeer: () => 'nowhere',
    sendMessageWithContext: () => undefined,
    sendMessage: () => undefined,
    startRead: () => undefined,
    halfClose: () => undefined,
    getAuthContext: () => null,
  });
  const options: InterceptorOptions = {
    method_definition: METHOD,
    ...(deadline !== undefined && { deadline }),
  };
  const asking = retries()(options, nowhere);
  asking.start(new Metadata(), {
    onReceiveStatus: ({ code }) => {
      seen.code = code;
    },
  });
  asking.sendMessage({});
  asking.halfClose();
  return seen;
}

describe('retries', () => {
  it('end with the deadline of the call, and leave no timer behind', async () => {
    const seen = call(Date.now() + 50);
    expect(seen).toEqual({ tries: 1, code: undefined });
    await jest.advanceTimersByTimeAsync(50);
    expect(seen).toEqual({ tries: 2, code: status.UNAVAILABLE });
    expect(jest.getTimerCount()).toBe(0);
  });

  it('are as many as the SDK makes where there is no deadline', async () => {
    const seen = call();
    await jest.advanceTimersByTimeAsync(120_000);
    expect(seen).toEqual({ tries: 10, code: status.UNAVAILABLE });
  });
});
