import { setTimeout as pause } from 'node:timers/promises';
import { NativeConnection } from '@temporalio/worker';
import type { TemporalEnvironment } from '../config/environment';
import type { Logger } from '../observability/logger';
import { connectionOptions } from './connection';

/**
 * A worker's connection. It tries until Temporal is reached, with pauses from 0.2 to 5 seconds, so
 * that a worker may start before its server. Once open it finds back by itself.
 *
 * @throws the signal's reason when it is aborted first
 */
export async function connectNatively(
  temporal: TemporalEnvironment,
  { log, signal }: { readonly log: Logger; readonly signal?: AbortSignal },
): Promise<NativeConnection> {
  const options = connectionOptions(temporal);
  for (let wait = 200; ; wait = Math.min(wait * 2, 5_000)) {
    signal?.throwIfAborted();
    try {
      return await NativeConnection.connect(options);
    } catch (error) {
      log.warn({ err: error, address: temporal.address }, 'Temporal is not reached yet; trying on');
    }
    await pause(wait, undefined, signal ? { signal } : {});
  }
}
