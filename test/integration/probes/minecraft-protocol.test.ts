import { afterAll, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { createProbes } from '../../../src/minecraft/probes';
import { limits, noMistake, onLoopback } from '../../peers/targets';
import { provideMinecraftProtocol } from './minecraft-protocol';
import { PEERS, skipped } from './provide';
import { startRelay, type Relay } from './relay';
import { freePort, ServerProcess } from './server-process';

const NAME = 'minecraft-protocol';
/** From the oldest that still has many players to the newest. */
const VERSIONS = ['1.8.8', '1.12.2', '1.16.5', '1.20.1', '1.21.4'];

const provided = provideMinecraftProtocol();
if ('unavailable' in provided) skipped(provided.unavailable);
const describeHere = 'unavailable' in provided ? describe.skip : describe;

const { java } = createProbes({ onMistake: noMistake });
const running = new Set<ServerProcess | Relay>();

afterAll(async () => {
  await Promise.all([...running].map((one) => ('kill' in one ? one.kill() : one.stop())));
});

async function start(version: string, port: number): Promise<ServerProcess> {
  const folder = 'folder' in provided ? provided.folder : '';
  const program = path.join(PEERS, NAME, 'server.cjs');
  const args = [program, folder, version, String(port)];
  const server = await ServerProcess.start(process.execPath, args, folder, (line) => {
    return line === 'ready';
  });
  running.add(server);
  return server;
}

describeHere.each(VERSIONS)('a Java server of %s', (version) => {
  const up = {
    up: true,
    latencyMs: expect.any(Number),
    players: 0,
    maxPlayers: 20,
    version,
    motd: `Castellan on ${version}`,
  };

  it('is seen as it is: not there, started, cut off, frozen, killed and started again', async () => {
    const port = await freePort();
    const check = (timeoutMs?: number) => java.check(onLoopback(port), limits(timeoutMs));
    expect(await check()).toEqual({ up: false, cause: 'refused' });

    const server = await start(version, port);
    expect(await check(10_000)).toEqual(up);

    const relay = await startRelay(port);
    running.add(relay);
    const checkThrough = (timeoutMs?: number) =>
      java.check(onLoopback(relay.port), limits(timeoutMs));
    expect(await checkThrough(10_000)).toEqual(up);
    relay.set('swallows');
    expect(await checkThrough(500)).toEqual({ up: false, cause: 'timed-out' });
    relay.set('breaks');
    expect(await checkThrough()).toEqual({ up: false, cause: 'closed-early' });

    await server.freeze();
    expect(await check(500)).toEqual({ up: false, cause: 'timed-out' });
    server.thaw();
    expect(await check(10_000)).toEqual(up);

    await server.kill();
    expect(await check()).toEqual({ up: false, cause: 'refused' });
    await start(version, port);
    expect(await check(10_000)).toEqual(up);
  });
});
