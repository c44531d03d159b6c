import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Connection, WorkflowClient } from '@temporalio/client';
import { Client } from 'pg';
import { readHeartbeat } from '../../src/cli/heartbeat';
import {
  castellan,
  lives,
  pidOf,
  run,
  untilTrue,
  untilReady,
  type CastellanProcess,
} from './castellan-process';

/**
 * `castellan all` with every embedded part, on one data directory through all tests of this file:
 * each goes on where the one before has stopped.
 */
const everybody = ['bot', 'discord', 'postgres', 'temporal', 'web', 'worker'];

let folder: string;
let dataDir: string;
let settings: Record<string, string>;
let castle: CastellanProcess;
let addresses: Record<string, string>;
const occupants: Server[] = [];

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'castellan-embedded-'));
  dataDir = path.join(folder, 'data');
  settings = { CASTELLAN_DATA_DIR: dataDir, TEMPORAL_CLI_PATH: temporalCli() };
});

afterAll(async () => {
  for (const { pid } of Object.values(run(dataDir).processes)) {
    if (lives(pid)) process.kill(pid, 'SIGKILL');
  }
  if (castle.child.exitCode === null && castle.child.signalCode === null) {
    castle.child.kill('SIGKILL');
    await castle.ended;
  }
  await Promise.all(occupants.map((server) => new Promise((resolve) => server.close(resolve))));
  rmSync(folder, { recursive: true, force: true });
});

describe('castellan all, on embedded parts', () => {
  it('starts everything, with free ports for those that are taken', async () => {
    await Promise.all([3000, 8233].map(occupy));
    castle = castellan(['all'], settings, folder);
    addresses = await untilReady(castle);
    expect(Object.keys(addresses)).toEqual(['discord', 'temporal-ui', 'http']);
    expect(portOf(addresses['http'])).not.toBe('3000');
    expect(portOf(addresses['temporal-ui'])).not.toBe('8233');
    expect(Object.keys(run(dataDir).processes).sort()).toEqual(everybody);
    expect(await readiness()).toBe(200);
    const page = await fetch(String(addresses['temporal-ui']));
    expect(page.status).toBe(200);
  });

  it('refuses a second start on the same data and goes on', async () => {
    const second = castellan(['all'], settings, folder);
    const { code, stderr } = await second.ended;
    expect(code).toBe(1);
    expect(stderr).toContain(dataDir);
    expect(stderr).toContain(`process ${String(castle.child.pid)}`);
    expect(await readiness()).toBe(200);
  });

  it('brings PostgreSQL back with its data when it is killed', async () => {
    await query('create table marks (mark text)');
    await query("insert into marks values ('before the kill')");
    await killAndAwaitReturn('postgres');
    expect(await marks()).toEqual(['before the kill']);
  });

  it('brings Temporal back with its workflows when it is killed', async () => {
    await temporalClient((client) =>
      client.start('nobody', { workflowId: 'before-the-kill', taskQueue: 'nobody' }),
    );
    await killAndAwaitReturn('temporal');
    expect(await waitingWorkflow()).toBe('RUNNING');
  });

  it('brings back its own processes, where they were', async () => {
    for (const name of ['bot', 'web', 'worker']) await killAndAwaitReturn(name);
    const health = await fetch(`${String(addresses['http'])}/healthz`);
    expect(health.status).toBe(200);
  });

  it('cleans up after it was killed itself, and goes on with the same data', async () => {
    const left = run(dataDir).processes;
    castle.child.kill('SIGKILL');
    await castle.ended;
    // Its own processes notice that their parent is gone; the servers are left to the next start.
    for (const name of ['bot', 'web', 'worker', 'discord']) {
      await untilTrue(`the end of the ${name}`, () => !lives(left[name]?.pid ?? 0));
    }
    expect(lives(left['postgres']?.pid ?? 0)).toBe(true);

    castle = castellan(['all'], settings, folder);
    addresses = await untilReady(castle);
    for (const { pid } of Object.values(left)) expect(lives(pid)).toBe(false);
    expect(await marks()).toEqual(['before the kill']);
    expect(await waitingWorkflow()).toBe('RUNNING');
  });

  it('ends within 10 seconds when it is told to, children included', async () => {
    const pids = Object.values(run(dataDir).processes).map(({ pid }) => pid);
    expect(pids).toHaveLength(everybody.length);
    const limit = new Promise<'late'>((resolve) => {
      setTimeout(resolve, 10_000, 'late').unref();
    });
    castle.child.kill('SIGTERM');
    const ending = await Promise.race([castle.ended, limit]);
    expect(ending).toMatchObject({ code: 0 });
    expect(pids.filter(lives)).toEqual([]);
    expect(run(dataDir).processes).toEqual({});
    expect(existsSync(path.join(dataDir, 'lock'))).toBe(false);
  });

  it.each(['HTTP_PORT', 'TEMPORAL_UI_PORT'])(
    'does not replace a port that was asked for with %s',
    async (variable) => {
      const port = await occupy(0);
      const { code, stderr } = await castellan(
        ['all'],
        { ...settings, [variable]: String(port) },
        folder,
      ).ended;
      expect(code).toBe(78);
      expect(stderr).toContain(`${variable}: port ${port} is taken`);
    },
  );

  it('ends the parts that it has started when another cannot start', async () => {
    const broken = path.join(folder, 'broken');
    const { code } = await castellan(
      ['all'],
      { CASTELLAN_DATA_DIR: broken, TEMPORAL_CLI_PATH: path.resolve('package.json') },
      folder,
    ).ended;
    expect(code).toBe(1);
    expect(run(broken).processes).toEqual({});
    expect(Object.keys(run(broken).ports)).toContain('discord');
    expect(existsSync(path.join(broken, 'lock'))).toBe(false);
  });
});

/**
 * Listens on the port (0 for any), so that it is taken. Another test may have it for a while, and would free it in
 * the midst of ours; a program that still has it after half a minute is taken to keep it.
 */
async function occupy(port: number): Promise<number> {
  for (const end = performance.now() + 30_000; ;) {
    const held = await listenOn(port);
    if (held !== null) return held;
    if (performance.now() > end) return port;
    await pause(50);
  }
}

/** The port that we listen on from now on; `null` when another program has it. */
function listenOn(port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if ('code' in error && error.code === 'EADDRINUSE') resolve(null);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1' }, () => {
      occupants.push(server);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function temporalCli(): string {
  const given = process.env['TEMPORAL_CLI_PATH'];
  if (given !== undefined && given !== '') return given;
  const finder = path.resolve('tools', 'temporal', 'find-cli.mjs');
  const printed = execFileSync(process.execPath, [finder], { encoding: 'utf8' });
  return String(printed.trim().split('\n').at(-1));
}

function portOf(address: string | undefined): string {
  return new URL(String(address)).port;
}

async function readiness(): Promise<number | undefined> {
  const answer = await fetch(`${String(addresses['http'])}/readyz`).catch(() => undefined);
  return answer?.status;
}

function isReplaced(name: string, before: number | undefined): boolean {
  const now = pidOf(dataDir, name);
  return now !== undefined && now !== before && !lives(before ?? 0);
}

/** Kills a part and waits until another stands in its place and everything is reached again. */
async function killAndAwaitReturn(name: string): Promise<void> {
  const before = pidOf(dataDir, name);
  process.kill(before ?? 0, 'SIGKILL');
  await untilTrue(`another ${name}`, () => isReplaced(name, before));
  if (['bot', 'web', 'worker'].includes(name)) {
    await untilTrue(`the new ${name}'s sign of life`, () => {
      return readHeartbeat(dataDir, name)?.pid === pidOf(dataDir, name);
    });
  }
  await untilTrue('readiness', async () => (await readiness()) === 200);
}

async function query(sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: String(run(dataDir).variables['DATABASE_URL']) });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

async function marks(): Promise<unknown[]> {
  const rows = await query('select mark from marks');
  return rows.map((row) => (typeof row === 'object' && row && 'mark' in row ? row.mark : row));
}

async function temporalClient<T>(use: (client: WorkflowClient) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({
    address: String(run(dataDir).variables['TEMPORAL_ADDRESS']),
  });
  try {
    return await use(new WorkflowClient({ connection }));
  } finally {
    await connection.close();
  }
}

async function waitingWorkflow(): Promise<string> {
  return temporalClient(async (client) => {
    const { status } = await client.getHandle('before-the-kill').describe();
    return status.name;
  });
}
