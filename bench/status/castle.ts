import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Knex } from 'knex';
import { openPostgresCluster } from '../../src/cli/embedded/postgres-cluster';
import { freePort } from '../../src/cli/supervision/ports';
import { connect } from '../../src/db/connection';
import { migrate } from '../../src/db/migrate';

const PROGRAM = join(__dirname, '..', '..', 'bin', 'castellan.js');
const READY_WITHIN_MS = 60_000;

/** A web server of ours with a database, as processes of their own. */
export interface Castle {
  readonly url: string;
  readonly database: Knex;
  readonly webPid: number;
  stop(): Promise<void>;
}

/** Starts PostgreSQL and `castellan web`, with nothing else there: pages need neither Temporal nor Discord. */
export async function startCastle(signal: AbortSignal): Promise<Castle> {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-bench-'));
  // As root, PostgreSQL runs as another user, who has to get through to its folder in here.
  chmodSync(folder, 0o711);
  const taken = new Set<number>();
  const [postgresPort, webPort] = [
    await freePort(undefined, taken),
    await freePort(undefined, taken),
  ];
  const children: ChildProcess[] = [];
  let database: Knex | undefined;
  const stop = async (): Promise<void> => {
    await database?.destroy();
    for (const child of children.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGINT');
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const cluster = await openPostgresCluster(join(folder, 'postgres'), signal);
    const flags = {
      port: postgresPort,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      timezone: 'UTC',
    };
    const { command, options } = cluster.server(
      Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    );
    const [program, ...args] = command;
    children.push(spawn(program, args, { ...options, stdio: 'ignore' }));
    const url = `postgres://castellan:${cluster.password}@127.0.0.1:${postgresPort}/postgres`;
    const reached = connect(url, { applicationName: 'bench', statementTimeoutMs: 120_000 });
    database = reached;
    await until(() => reached.raw('select 1'), signal);
    await migrate(url);
    const web = spawn(process.execPath, [PROGRAM, 'web'], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: url,
        DISCORD_TOKEN: 'nobody',
        DISCORD_API_URL: 'http://127.0.0.1:9',
        TEMPORAL_ADDRESS: '127.0.0.1:9',
        HTTP_PORT: String(webPort),
        CASTELLAN_DATA_DIR: join(folder, 'data'),
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    children.push(web);
    const address = `http://127.0.0.1:${webPort}`;
    await until(() => fetch(`${address}/healthz`), signal);
    return { url: address, database: reached, webPid: web.pid ?? 0, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function until(reached: () => PromiseLike<unknown>, signal: AbortSignal): Promise<void> {
  const last = performance.now() + READY_WITHIN_MS;
  for (;;) {
    signal.throwIfAborted();
    try {
      await reached();
      return;
    } catch (error) {
      if (performance.now() > last) throw error;
    }
    await pause(100);
  }
}
