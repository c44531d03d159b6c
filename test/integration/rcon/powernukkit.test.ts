import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRconBridge } from '../../../src/minecraft/bridge';
import { RconClient } from '../../../src/minecraft/rcon';
import { providePowerNukkit, startPowerNukkit } from '../probes/powernukkit';
import { skipped } from '../probes/provide';
import { startRelay, type Relay } from '../probes/relay';
import { freePort, type ServerProcess } from '../probes/server-process';

const PASSWORD = 'correct horse';

const provided = providePowerNukkit();
if ('unavailable' in provided) skipped(provided.unavailable);
const describeHere = 'unavailable' in provided ? describe.skip : describe;

const world = mkdtempSync(path.join(tmpdir(), 'castellan-powernukkit-'));
const running = new Set<ServerProcess | Relay | RconClient>();

afterAll(async () => {
  for (const one of running) {
    if ('close' in one) one.close();
    else await ('kill' in one ? one.kill() : one.stop());
  }
  rmSync(world, { recursive: true, force: true });
});

function clientOf(port: number, password = PASSWORD): RconClient {
  const client = new RconClient({ address: '127.0.0.1', port, password, allowInternal: true });
  running.add(client);
  return client;
}

describeHere("PowerNukkit's RCON", () => {
  it('is spoken to as it is: started, asked, cut off, frozen, killed', async () => {
    const port = await freePort();
    const server = await startPowerNukkit(provided, { port, password: PASSWORD, world });
    running.add(server);
    const client = clientOf(port);
    const patient = { timeoutMs: 20_000 };
    // Its answer to the login is a byte shorter, and the first answer after it is not lost.
    expect(await client.run('list', patient)).toContain('There are 0/20 players online');
    const wrong = clientOf(port, 'wrong').run('list', patient);
    await expect(wrong).rejects.toMatchObject({ code: 'wrong-password', mayHaveRun: false });

    const commands = Array.from({ length: 20 }, (_, index) => `say Grüße ${index}`);
    await Promise.all(commands.map((command) => client.run(command, patient)));
    const help = await client.run('help 1', patient);
    expect(help).toContain('/whitelist: Manages the list');

    const relay = await startRelay(port);
    running.add(relay);
    const relayed = clientOf(relay.port);
    expect(await relayed.run('list', patient)).toContain('players online');
    relay.set('breaks');
    await expect(relayed.run('list')).rejects.toMatchObject({ code: 'closed' });
    relay.set('open');
    expect(await relayed.run('list', patient)).toContain('players online');

    let trouble: (error: unknown) => void = () => undefined;
    const bridge = createRconBridge({
      console: client,
      bedrockPrefix: null,
      onTrouble: (error) => {
        trouble(error);
      },
    });
    const fox = { edition: 'bedrock', name: 'Red Fox', uuid: null } as const;
    const steve = { edition: 'bedrock', name: 'Steve', uuid: null } as const;
    expect(await bridge.whitelist?.list()).toEqual([]);
    expect(await bridge.whitelist?.add(fox)).toBe('done');
    expect(await bridge.whitelist?.add(steve)).toBe('done');
    const listed = [...((await bridge.whitelist?.list()) ?? [])].sort();
    expect(listed.map((name) => name.toLowerCase())).toEqual(['red fox', 'steve']);
    expect(await bridge.whitelist?.remove(fox)).toBe('done');
    expect(await bridge.whitelist?.list()).toHaveLength(1);

    // It has no triggers, and says so.
    const ending = new AbortController();
    const told = new Promise<unknown>((resolve) => {
      trouble = resolve;
      void bridge.watch(() => Promise.resolve([steve]), ending.signal).next();
    });
    expect(await told).toMatchObject({ code: 'unsupported' });
    ending.abort();

    await server.freeze();
    const frozen = client.run('list', { timeoutMs: 300 });
    await expect(frozen).rejects.toMatchObject({ code: 'timed-out' });
    server.thaw();
    expect(await client.run('list', patient)).toContain('players online');
    await server.kill();
    await expect(client.run('list')).rejects.toMatchObject({
      code: expect.stringMatching(/closed|refused/),
    });
  });
});
