import { isNativeError } from 'node:util/types';
import knex, { type Knex } from 'knex';

/** How long the server may work on one statement; it then gives up and says so. */
const STATEMENT_TIMEOUT_MS = 5_000;
/** How long we wait for an answer. A little longer: a server that is alive explains itself better. */
const QUERY_TIMEOUT_MS = 5_500;
/** How long a new connection may take, its authentication included. */
const CONNECT_TIMEOUT_MS = 2_000;
/** How long an operation waits for one of the pool's connections to become free. */
const ACQUIRE_TIMEOUT_MS = 5_000;
/** A process that stops within a transaction must not hold its locks for longer than this. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000;

export interface ConnectionOptions {
  /** The most connections of this process; 10 unless told. */
  readonly poolMax?: number;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  /** How long a statement may take, in milliseconds; 0: as long as it takes (migrations). */
  readonly statementTimeoutMs?: number;
  /** How long an operation waits for a free connection, in milliseconds; 5 seconds unless told. */
  readonly acquireTimeoutMs?: number;
  /** Hears of connections that broke. The operation that was hit throws as well. */
  readonly onWarning?: (message: string) => void;
}

/**
 * A pool of connections to Postgres. Nothing is connected before the first query. While the server is
 * away every query fails within seconds; when it is back the same pool works again.
 *
 * @param databaseUrl `postgres://user:password@host:port/database`
 * @returns end it with `destroy()`
 */
export function connect(databaseUrl: string, options: ConnectionOptions): Knex {
  const { poolMax = 10, applicationName, statementTimeoutMs = STATEMENT_TIMEOUT_MS } = options;
  const warn = options.onWarning ?? (() => undefined);
  return knex({
    client: 'pg',
    connection: {
      connectionString: databaseUrl,
      application_name: applicationName,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
      ...(statementTimeoutMs > 0 && {
        statement_timeout: statementTimeoutMs,
        query_timeout: statementTimeoutMs + QUERY_TIMEOUT_MS - STATEMENT_TIMEOUT_MS,
      }),
    },
    // An error's message goes into logs and histories: it names the statement, never the values in it.
    compileSqlOnError: false,
    acquireConnectionTimeout: options.acquireTimeoutMs ?? ACQUIRE_TIMEOUT_MS,
    pool: {
      min: Math.min(1, poolMax),
      max: poolMax,
      createRetryIntervalMillis: 50,
      validate: isIdle,
    },
    log: { warn, error: warn, deprecate: warn, debug: () => undefined },
  });
}

/**
 * Whether a connection waits for a query. After a timeout its answer may still be under way; such a
 * connection is thrown away, otherwise every later query would wait behind the lost one.
 */
function isIdle(connection: unknown): boolean {
  return !(
    typeof connection === 'object' &&
    connection !== null &&
    'readyForQuery' in connection &&
    connection.readyForQuery === false
  );
}

/** Postgres cannot be used at the moment. The same operation can be tried again later. */
export class DatabaseUnavailable extends Error {
  readonly code = 'database-unavailable';

  constructor(cause: unknown) {
    super(
      'The database cannot be reached at the moment. Nothing was changed; try again in a minute.',
      { cause },
    );
    this.name = 'DatabaseUnavailable';
  }
}

/**
 * Runs an operation on the database.
 *
 * @throws DatabaseUnavailable in place of any error that says so; every other error as it is
 */
export async function whileAvailable<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (isNativeError(error)) dropValues(error);
    if (isUnavailable(error) && !(error instanceof DatabaseUnavailable)) {
      throw new DatabaseUnavailable(error);
    }
    throw error;
  }
}

/** Postgres adds the refused row or text to some errors; what people wrote must not reach a log with it. */
function dropValues(error: Error): void {
  for (const field of ['detail', 'where']) Reflect.deleteProperty(error, field);
}

/** Node's codes for a network that does not lead to the server. */
const NETWORK_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
]);

/** SQLSTATEs by their first characters. https://www.postgresql.org/docs/18/errcodes-appendix.html */
const UNAVAILABLE_STATES: readonly string[] = [
  '08', // connection exception
  '53', // insufficient resources: too many connections, disk full, out of memory
  '57P', // shut down, crashed, starting up, idle for too long, database dropped
  '57014', // the statement took too long
  '55P03', // a lock took too long
  '25P03', // a transaction was left idle for too long
  '25006', // read-only: a standby answers while the primary is away
  '58', // system error, such as a failing disk
];

/** What `pg` and `knex` say without a code; `knex` writes the statement and a dash before it. */
const UNAVAILABLE_MESSAGES: readonly RegExp[] = [
  /(?:^| - )Connection terminated/u,
  /(?:^| - )Client has encountered a connection error/u,
  /(?:^| - )Client was closed/u,
  /(?:^| - )Query read timeout$/u,
  /(?:^| - )timeout expired$/u,
  /^Knex: Timeout acquiring a connection/u,
];

/** Whether the error, or one that caused it, says that Postgres cannot be used at the moment. */
export function isUnavailable(error: unknown): boolean {
  if (!isNativeError(error)) return false;
  if (error instanceof DatabaseUnavailable) return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    NETWORK_CODES.has(code) ||
    (/^[0-9A-Z]{5}$/u.test(code) && UNAVAILABLE_STATES.some((state) => code.startsWith(state))) ||
    UNAVAILABLE_MESSAGES.some((message) => message.test(error.message)) ||
    isUnavailable(error.cause)
  );
}
