import { spawn } from 'node:child_process';
import { closeSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { msToTs, optionalTsToMs } from '@temporalio/common/lib/time';
import { portTaken, type Environment } from '../../config/environment';
import { connectLazily } from '../../temporal/connection';
import { ensureSearchAttributes, searchAttributeFlags } from '../../temporal/search-attributes';
import { openLogFile } from '../supervision/log-file';
import { freePort, isFree } from '../supervision/ports';
import type { RunRecord } from '../supervision/run-record';
import type { ProcessPlan } from '../supervision/supervisor';
import { findTemporalCli } from './temporal-cli';

/** Staff look up cases in the Web UI long after they were closed; the server's default is a day. */
const retention = 30 * 24 * 60 * 60 * 1_000;

/** Without these the server waits 50 ms at each hop and fires timers up to a second late. */
const dynamicConfig = [
  'history.transferProcessorMaxPollRPS=1000',
  'history.timerProcessorMaxPollRPS=1000',
  'history.timerProcessorMaxTimeShift="10ms"',
  // A workflow's own worker gets its activity with the answer that scheduled it: one write less.
  'system.enableActivityEagerExecution=true',
];

/** Where an embedded Temporal server is. */
export interface EmbeddedTemporal {
  readonly plan: ProcessPlan;
  /** `host:port` */
  readonly address: () => string;
  readonly uiUrl: () => string;
  /** Where the server's own metrics are, its count of Actions among them. */
  readonly metricsUrl: () => string;
}

/** An embedded Temporal dev server: persistent, with its Web UI, tuned for a single machine. */
export function embeddedTemporal(dependencies: {
  readonly environment: Environment;
  readonly record: RunRecord;
  readonly takenPorts: Set<number>;
}): EmbeddedTemporal {
  const { environment, record, takenPorts } = dependencies;
  const namespace = environment.temporalNamespace;
  const folder = join(environment.dataDir, 'temporal');
  const logFile = join(folder, 'server.log');
  const ports = { grpc: 7233, ui: environment.temporalUiPort, metrics: 0 };
  let cli: string | undefined;
  let connection: Connection | undefined;
  let connectedTo: string | undefined;

  const address = (): string => `127.0.0.1:${ports.grpc}`;
  const connect = async (): Promise<Connection> => {
    if (connection && connectedTo === address()) return connection;
    await connection?.close();
    connectedTo = address();
    connection = connectLazily({ address: connectedTo, namespace });
    return connection;
  };
  const choosePorts = async (): Promise<void> => {
    const uiTaken =
      environment.temporalUiPortExplicit && !(await isFree(environment.temporalUiPort));
    if (uiTaken) throw portTaken('TEMPORAL_UI_PORT', environment.temporalUiPort);
    ports.ui = await freePort(environment.temporalUiPort, takenPorts);
    ports.grpc = await freePort(record.port('temporal') ?? 7233, takenPorts);
    ports.metrics = await freePort(record.port('temporal-metrics'), takenPorts);
    record.setPort('temporal', ports.grpc);
    record.setPort('temporal-metrics', ports.metrics);
  };

  return {
    address,
    uiUrl: () => `http://127.0.0.1:${ports.ui}`,
    metricsUrl: () => `http://127.0.0.1:${ports.metrics}/metrics`,
    plan: {
      name: 'temporal',
      logFile,
      readyWithin: 60_000,
      probeEvery: 5_000,
      hungAfterProbes: 3,
      stopWithin: 2_000,
      async spawn(settled, signal) {
        cli ??= await findTemporalCli(environment, signal);
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        if (!settled) await choosePorts();
        const log = openLogFile(logFile);
        try {
          return spawn(cli, serverFlags(join(folder, 'temporal.db'), namespace, ports), {
            stdio: ['ignore', log, log],
            env: serverEnvironment(),
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
            await prepareNamespace(await connect(), namespace);
            return;
          } catch (error) {
            if (signal.aborted) throw error;
          }
          await pause(50, undefined, { signal }).catch(() => undefined);
        }
      },
      async probe() {
        const open = await connect();
        await open.withDeadline(Date.now() + 4_500, () =>
          open.workflowService.describeNamespace({ namespace }),
        );
      },
      askToStop: (child) => {
        child.kill('SIGTERM');
      },
    },
  };
}

function serverFlags(
  database: string,
  namespace: string,
  ports: { readonly grpc: number; readonly ui: number; readonly metrics: number },
): string[] {
  const one = (flag: string, values: readonly string[]): string[] =>
    values.flatMap((value) => [flag, value]);
  return [
    'server',
    'start-dev',
    ...['--ip', '127.0.0.1', '--ui-ip', '127.0.0.1'],
    ...['--port', String(ports.grpc), '--ui-port', String(ports.ui)],
    ...['--metrics-port', String(ports.metrics)],
    ...['--db-filename', database],
    ...one('--sqlite-pragma', ['journal_mode=WAL', 'synchronous=NORMAL']),
    ...one('--dynamic-config-value', dynamicConfig),
    ...one('--search-attribute', searchAttributeFlags()),
    ...(namespace === 'default' ? [] : ['--namespace', namespace]),
    ...['--log-level', 'error', '--log-format', 'json', '--color', 'never'],
    // A person's own CLI settings must not change what the product starts.
    ...['--disable-config-env', '--disable-config-file'],
  ];
}

/** What the server may know of our environment: no secrets are in it. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, USERPROFILE, APPDATA, SystemRoot, TEMP, TMPDIR } = process.env;
  const known = { PATH, HOME, USERPROFILE, APPDATA, SystemRoot, TEMP, TMPDIR };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

/** Sees to it that the namespace answers, keeps closed workflows, and has the search attributes. */
async function prepareNamespace(connection: Connection, namespace: string): Promise<void> {
  await connection.withDeadline(Date.now() + 5_000, async () => {
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    const kept = optionalTsToMs(config?.workflowExecutionRetentionTtl) ?? 0;
    if (kept < retention) {
      await connection.workflowService.updateNamespace({
        namespace,
        config: { workflowExecutionRetentionTtl: msToTs(retention) },
      });
    }
    await ensureSearchAttributes(connection, namespace);
  });
}
