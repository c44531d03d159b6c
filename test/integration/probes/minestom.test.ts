import { afterAll, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { createProbes } from '../../../src/minecraft/probes';
import { limits, noMistake, onLoopback } from '../../peers/targets';
import { java25, provideMinestom, SPARING_JVM } from './minestom';
import { skipped } from './provide';
import { freePort, ServerProcess } from './server-process';

const provided = provideMinestom();
if ('unavailable' in provided) skipped(provided.unavailable);
const describeHere = 'unavailable' in provided ? describe.skip : describe;

const { java } = createProbes({ onMistake: noMistake });
const running = new Set<ServerProcess>();

afterAll(async () => {
  await Promise.all([...running].map((server) => server.kill()));
});

async function start(port: number): Promise<ServerProcess> {
  const folder = 'folder' in provided ? provided.folder : '';
  const classes = [folder, path.join(folder, 'lib', '*')].join(path.delimiter);
  const args = [...SPARING_JVM, '-cp', classes, 'Peer', String(port)];
  const server = await ServerProcess.start(java25(folder), args, folder, (line) => {
    return line === 'ready';
  });
  running.add(server);
  return server;
}

describeHere('a Minestom server', () => {
  it('is seen as it is: started, frozen, killed', async () => {
    const port = await freePort();
    const check = (timeoutMs?: number) => java.check(onLoopback(port), limits(timeoutMs));
    expect(await check()).toEqual({ up: false, cause: 'refused' });

    const server = await start(port);
    const up = {
      up: true,
      latencyMs: expect.any(Number),
      players: 0,
      maxPlayers: expect.any(Number),
      version: '1.21.11',
      motd: 'Minestom Server',
    };
    expect(await check(10_000)).toEqual(up);
    await server.freeze();
    expect(await check(500)).toEqual({ up: false, cause: 'timed-out' });
    server.thaw();
    expect(await check(10_000)).toEqual(up);
    await server.kill();
    expect(await check()).toEqual({ up: false, cause: 'refused' });
  });
});
