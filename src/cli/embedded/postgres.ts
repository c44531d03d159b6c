import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';
import { openLogFile } from '../supervision/log-file';
import { freePort } from '../supervision/ports';
import { clusterUser, openPostgresCluster, type PostgresCluster } from './postgres-cluster';
import type { RunRecord } from '../supervision/run-record';
import type { ProcessPlan } from '../supervision/supervisor';

const database = clusterUser;

/**
 * An embedded PostgreSQL 18 under the data directory: on 127.0.0.1 only, with a generated password,
 * on a port that is kept from run to run while it is free.
 */
export function embeddedPostgres(dependencies: {
  readonly dataDir: string;
  readonly record: RunRecord;
  readonly takenPorts: Set<number>;
}): { readonly plan: ProcessPlan; readonly url: () => string } {
  const { record, takenPorts } = dependencies;
  const folder = join(dependencies.dataDir, 'postgres');
  const logFile = join(folder, 'server.log');
  let cluster: PostgresCluster | undefined;
  let port = record.port('postgres');

  const opened = (): PostgresCluster => {
    if (!cluster) throw new Error('The embedded PostgreSQL was not started yet.');
    return cluster;
  };
  const urlOf = (name: string): string =>
    `postgres://${clusterUser}:${opened().password}@127.0.0.1:${port ?? 0}/${name}`;

  return {
    url: () => urlOf(database),
    plan: {
      name: 'postgres',
      logFile,
      readyWithin: 60_000,
      probeEvery: 5_000,
      hungAfterProbes: 3,
      stopWithin: 2_000,
      async spawn(settled, signal) {
        cluster ??= await openPostgresCluster(folder, signal);
        if (!settled) {
          port = await freePort(port, takenPorts);
          record.setPort('postgres', port);
        }
        const { command, options } = cluster.server(flags(port ?? 0));
        const [program, ...args] = command;
        const log = openLogFile(logFile);
        try {
          return spawn(program, args, {
            ...options,
            stdio: ['ignore', log, log],
            // A group of its own: Ctrl-C in the terminal must reach Castellan alone.
            detached: process.platform !== 'win32',
            windowsHide: true,
          });
        } finally {
          closeSync(log);
        }
      },
      async ready(_child, signal) {
        for (;;) {
          signal.throwIfAborted();
          try {
            await createDatabase(urlOf('postgres'), database);
            return;
          } catch (error) {
            if (signal.aborted) throw error;
          }
          await pause(30, undefined, { signal }).catch(() => undefined);
        }
      },
      probe: () =>
        withClient(urlOf(database), async (client) => {
          await client.query('select 1');
        }),
      // SIGINT is PostgreSQL's "fast" shutdown: open transactions are rolled back, data are synced.
      askToStop: (child) => {
        child.kill('SIGINT');
      },
    },
  };
}

function flags(port: number): string[] {
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    // Another user's socket folder is of no use, and TCP on loopback works everywhere.
    unix_socket_directories: '',
    max_connections: '60',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function createDatabase(url: string, name: string): Promise<void> {
  await withClient(url, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${escapeIdentifier(name)}`);
  });
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
    application_name: 'castellan all',
  });
  // A connection that breaks while nothing is asked of it must not end this process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
