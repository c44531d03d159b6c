import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import type { Driver } from '../../sandbox';
import { readRunState, type RunState } from '../../src/cli/supervision/run-record';
import { readActions, type ActionCounts } from '../measure/actions';
import { startDiscord } from '../tickets/discord-process';

const PROGRAM = join(__dirname, '..', '..', 'bin', 'castellan.js');
const READY_WITHIN_MS = 120_000;

/** All of Castellan, with its embedded parts, as it runs on one machine. */
export interface RunningCastellan {
  /** The program that supervises the others. */
  readonly pid: number;
  readonly processes: RunState['processes'];
  readonly driver: Driver;
  readonly databaseUrl: string;
  /** Where the web server is reached. */
  readonly web: string;
  readonly connection: Connection;
  readonly namespace: string;
  /** The Temporal Actions up to now. */
  readonly actions: () => Promise<ActionCounts>;
  readonly stop: () => Promise<void>;
}

/** The demo guild with a category without a form, so that a command opens a ticket at once. */
const GUILD = `guilds:
  - guild: Kestrel Keep
    roles:
      admin: [Owner]
    teams:
      helpers:
        name: Helpers
        members: [Moderator]
    categories:
      - id: quick
        title: Quick question
        description: Opens at once
        team: helpers
`;

/**
 * Starts `castellan all` on a local Discord and a data directory of its own.
 *
 * @param more further settings of its guild: lines of YAML, indented by four spaces
 * @param variables which those name
 */
export async function startCastellan(
  more = '',
  variables: Readonly<Record<string, string>> = {},
): Promise<RunningCastellan> {
  const discord = await startDiscord();
  const folder = mkdtempSync(join(tmpdir(), 'castellan-bench-'));
  // As root, PostgreSQL runs as another user, who has to get through to its folder in here.
  chmodSync(folder, 0o711);
  const [configFile, logFile, dataDir] = ['castellan.yaml', 'log', 'data'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  writeFileSync(configFile, GUILD + more);
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, [PROGRAM, 'all'], {
    // Where no .env file changes what is measured.
    cwd: folder,
    env: {
      ...inherited('PATH', 'HOME', 'TEMPORAL_CLI_PATH'),
      ...variables,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.api,
      CASTELLAN_CONFIG: configFile,
      CASTELLAN_DATA_DIR: dataDir,
    },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) child.kill('SIGTERM');
    await ended;
    await discord.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(child, logFile);
  } catch (error) {
    await stop();
    throw error;
  }
  const { variables: found, processes } = readRunState(dataDir);
  const connection = await Connection.connect({ address: found.TEMPORAL_ADDRESS ?? '' });
  const { workflowService } = connection;
  const namespace = found.TEMPORAL_NAMESPACE ?? 'default';
  const metricsUrl = found.TEMPORAL_METRICS_URL ?? '';
  return {
    pid: child.pid ?? 0,
    processes,
    driver: discord.driver,
    databaseUrl: found.DATABASE_URL ?? '',
    web: found.PUBLIC_URL ?? '',
    connection,
    namespace,
    actions: () => readActions({ metricsUrl, workflowService, namespace }),
    async stop() {
      await connection.close();
      await stop();
    },
  };
}

async function untilReady(child: ChildProcess, logFile: string): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS;
  for (;;) {
    const log = readFileSync(logFile, 'utf8');
    if (/^castellan is ready/m.test(log)) return;
    if (child.exitCode !== null || performance.now() > until) {
      throw new Error(`Castellan did not become ready. The end of its log:\n${log.slice(-4_000)}`);
    }
    await pause(100);
  }
}

function inherited(...names: string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
