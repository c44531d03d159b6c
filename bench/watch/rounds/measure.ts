import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { ScheduleClient, WorkflowClient } from '@temporalio/client';
import { DEMO } from '../../../sandbox';
import { connect } from '../../../src/db/connection';
import { createWatchReader, createWatchRecorder } from '../../../src/db/watching';
import { DEFAULT_THRESHOLDS, type ServerSettings } from '../../../src/domain/watching/server';
import { scheduleRounds } from '../../../src/temporal/rounds';
import { WATCH_SERVERS_WORKFLOW } from '../../../workflows/watch-servers/contract';
import { startCastellan, type RunningCastellan } from '../../castellan/start';
import { addedActions } from '../../measure/actions';
import { percentile } from '../../measure/percentile';
import type { Fleet, Peer } from '../fleet';
import type { WholeRounds } from './results';

/** Servers are due, and rounds begin, as often as the product allows. */
const EVERY_MS = 10_000;
/** In the first round all is new, in the second outages are told; then nothing changes any more. */
const UNSTEADY = 2;
const PATIENCE_MS = 60_000;

/**
 * Has all of Castellan watch a fleet, and measures rounds in the steady state, in which servers that are
 * down are known to be.
 */
export async function measureRounds(
  fleet: Fleet,
  timeoutMs: number,
  count: number,
  signal: AbortSignal,
): Promise<WholeRounds> {
  const castellan = await startCastellan();
  const database = connect(castellan.databaseUrl, { applicationName: 'bench' });
  try {
    const settings = fleet.peers.map(({ port }, index) => serverAt(port, index, timeoutMs));
    await createWatchRecorder(database).applyServers(DEMO.guild, 'command', settings, Date.now());
    const { connection, namespace } = castellan;
    await scheduleRounds(new ScheduleClient({ connection, namespace }), EVERY_MS);
    await untilEnded(castellan, UNSTEADY, signal);
    const before = await castellan.actions();
    const ended = await untilEnded(castellan, UNSTEADY + count, signal);
    const added = addedActions(before, await castellan.actions());
    const overviews = await createWatchReader(database).servers(DEMO.guild, Date.now());
    const seen = new Map(overviews.map(({ server, state }) => [server.port ?? 0, state]));
    const served = await fleet.servedMs();
    const errors = fleet.peers.flatMap(({ port }, index) => {
      const latency = seen.get(port)?.lastAnswer?.latencyMs;
      const own = served[index] ?? null;
      return latency === undefined || own === null ? [] : [latency - own];
    });
    return {
      servers: fleet.peers.length,
      wallMs: ended.slice(UNSTEADY),
      wrong: fleet.peers.filter((peer) => isWrong(peer, seen.get(peer.port)?.kind)).length,
      actions: Object.fromEntries([...added].map(([type, total]) => [type, total / count])),
      latencyErrorP50: percentile(errors, 0.5),
      latencyErrorP99: percentile(errors, 0.99),
      workerPeakMiB: peakMiB(castellan.processes.worker?.pid ?? 0),
    };
  } finally {
    await database.destroy();
    await castellan.stop();
  }
}

function isWrong({ truth }: Peer, kind: string | undefined): boolean {
  return kind !== (truth.up ? 'up' : 'down');
}

function serverAt(port: number, index: number, timeoutMs: number): ServerSettings {
  return {
    id: `server-${index + 1}`,
    name: `Server ${index + 1}`,
    probe: 'java',
    address: '127.0.0.1',
    port,
    intervalMs: EVERY_MS,
    timeoutMs,
    thresholds: DEFAULT_THRESHOLDS,
    allowInternal: true,
    host: '127.0.0.1',
    isPublic: true,
    channels: [],
    maintenance: [],
    expectStatus: null,
    rcon: null,
  };
}

/**
 * Waits until so many rounds have ended.
 *
 * @returns how long each took, in the order of time, in milliseconds
 */
async function untilEnded(
  { connection, namespace }: RunningCastellan,
  count: number,
  signal: AbortSignal,
): Promise<number[]> {
  const workflows = new WorkflowClient({ connection, namespace });
  const query = `WorkflowType = "${WATCH_SERVERS_WORKFLOW}" and ExecutionStatus = "Completed"`;
  const last = performance.now() + PATIENCE_MS + count * EVERY_MS;
  for (;;) {
    signal.throwIfAborted();
    const rounds: { start: number; tookMs: number }[] = [];
    for await (const { startTime, closeTime } of workflows.list({ query })) {
      if (closeTime === undefined) continue;
      const start = startTime.getTime();
      rounds.push({ start, tookMs: closeTime.getTime() - start });
    }
    if (rounds.length >= count) {
      return rounds.sort((a, b) => a.start - b.start).map(({ tookMs }) => tookMs);
    }
    if (performance.now() > last) throw new Error(`Only ${rounds.length} rounds ended.`);
    await pause(250, undefined, { signal });
  }
}

/** What man 5 proc_pid_status calls the high water mark. */
function peakMiB(pid: number): number {
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib ?? Number.NaN) / 1_024;
}
