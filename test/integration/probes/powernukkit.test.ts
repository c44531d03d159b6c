import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CheckResult, ProbeKind } from '../../../src/domain/watching/check';
import { createProbes, type ProbeTarget } from '../../../src/minecraft/probes';
import { limits, noMistake, onLoopback } from '../../peers/targets';
import { providePowerNukkit, startPowerNukkit } from './powernukkit';
import { skipped } from './provide';
import { startRelay, type Relay } from './relay';
import { freePort, type ServerProcess } from './server-process';

const PASSWORD = 'correct horse';

const provided = providePowerNukkit();
if ('unavailable' in provided) skipped(provided.unavailable);
const describeHere = 'unavailable' in provided ? describe.skip : describe;

const probes = createProbes({ onMistake: noMistake });
const world = mkdtempSync(path.join(tmpdir(), 'castellan-powernukkit-'));
const running = new Set<ServerProcess | Relay>();

afterAll(async () => {
  await Promise.all([...running].map((one) => ('kill' in one ? one.kill() : one.stop())));
  rmSync(world, { recursive: true, force: true });
});

async function start(port: number): Promise<ServerProcess> {
  const server = await startPowerNukkit(provided, { port, password: PASSWORD, world });
  running.add(server);
  return server;
}

function target(port: number, more: Partial<ProbeTarget> = {}): ProbeTarget {
  return onLoopback(port, { rcon: { command: 'list', password: PASSWORD }, ...more });
}

const latency = { up: true, latencyMs: expect.any(Number) };
const counted = { ...latency, players: 0, maxPlayers: 20 };
/** What each protocol tells of the server. */
const UP = {
  bedrock: { ...counted, version: '1.18.30', motd: 'Castellan' },
  query: { ...counted, version: null, motd: 'Castellan' },
  rcon: { ...counted, version: null, motd: null },
  tcp: { ...latency, players: null, maxPlayers: null, version: null, motd: null },
} as const;
const KINDS: readonly (keyof typeof UP)[] = ['bedrock', 'query', 'rcon', 'tcp'];

async function all(
  port: number,
  timeoutMs: number,
  kinds: readonly ProbeKind[] = KINDS,
): Promise<Record<string, CheckResult>> {
  const results = await Promise.all(
    kinds.map(async (kind) => {
      return [kind, await probes[kind].check(target(port), limits(timeoutMs))] as const;
    }),
  );
  return Object.fromEntries(results);
}

/** The same failure for each kind. */
function down(cause: string, kinds: readonly string[] = KINDS) {
  return Object.fromEntries(kinds.map((kind) => [kind, { up: false, cause }]));
}

describeHere('a PowerNukkit server, by each of its protocols', () => {
  it('is seen as it is: not there, started, cut off, frozen, killed', async () => {
    const port = await freePort();
    expect(await all(port, 3_000)).toEqual(down('refused'));

    const server = await start(port);
    expect(await all(port, 20_000)).toEqual(UP);
    const wrong = target(port, { rcon: { command: 'list', password: 'wrong' } });
    expect(await probes.rcon.check(wrong, limits(20_000))).toEqual({
      up: false,
      cause: 'wrong-answer',
    });

    const relay = await startRelay(port);
    running.add(relay);
    const datagrams = ['bedrock', 'rcon'] as const;
    expect(await all(relay.port, 20_000, datagrams)).toEqual({
      bedrock: UP.bedrock,
      rcon: UP.rcon,
    });
    relay.set('swallows');
    expect(await all(relay.port, 500, datagrams)).toEqual(down('timed-out', datagrams));
    relay.set('breaks');
    expect(await all(relay.port, 3_000, ['rcon'])).toEqual(down('closed-early', ['rcon']));

    await server.freeze();
    // The system takes connections for a program that does nothing: TCP alone does not see it.
    expect(await all(port, 500)).toEqual({ ...down('timed-out'), tcp: UP.tcp });
    server.thaw();
    expect(await all(port, 20_000)).toEqual(UP);

    await server.kill();
    expect(await all(port, 3_000)).toEqual(down('refused'));
  });
});
