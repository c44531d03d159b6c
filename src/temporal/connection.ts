import { Connection, type ConnectionOptions } from '@temporalio/client';
import type { TemporalEnvironment } from '../config/environment';
import { retries } from './retries';

/** What both kinds of connection are told: address, TLS and API key. */
export interface TemporalConnectionOptions {
  readonly address: string;
  readonly tls?: NonNullable<ConnectionOptions['tls']>;
  readonly apiKey?: string;
}

/**
 * The options of a connection, the client's (`Connection`) and the worker's (`NativeConnection`)
 * alike. An API key implies TLS.
 */
export function connectionOptions(temporal: TemporalEnvironment): TemporalConnectionOptions {
  const { address, apiKey, tls } = temporal;
  const encrypted = tls && {
    ...(tls.ca && { serverRootCACertificate: tls.ca }),
    ...(tls.cert && tls.key && { clientCertPair: { crt: tls.cert, key: tls.key } }),
  };
  return {
    address,
    ...((encrypted ?? apiKey !== undefined) && { tls: encrypted ?? true }),
    ...(apiKey !== undefined && { apiKey }),
  };
}

/**
 * A client's connection that is not opened before its first call, so that a process starts also
 * while Temporal is down, and that opens itself again when it was lost. Calls need a deadline of
 * their own (`connection.withDeadline`): without one they wait for as long as retries last.
 */
export function connectLazily(temporal: TemporalEnvironment): Connection {
  return Connection.lazy({
    ...connectionOptions(temporal),
    interceptors: [retries()],
    channelArgs: {
      // gRPC's own pauses grow to two minutes: far too long to notice that the server is back.
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.min_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 1_000,
    },
  });
}
