import { afterAll, describe, expect, it } from '@jest/globals';
import { createRconBridge } from '../../../src/minecraft/bridge';
import { RconClient } from '../../../src/minecraft/rcon';
import { provideGoMc, startGoMc } from '../probes/go-mc';
import { skipped } from '../probes/provide';
import { startRelay, type Relay } from '../probes/relay';
import { freePort, type ServerProcess } from '../probes/server-process';

const PASSWORD = 'correct horse';
const STEVE = '069a79f4-44e9-4726-a5be-fca90e38aaf5';
const TYPED = { player: { edition: 'java', name: 'Steve', uuid: STEVE }, text: '424242' } as const;

const provided = provideGoMc();
if ('unavailable' in provided) skipped(provided.unavailable);
const describeHere = 'unavailable' in provided ? describe.skip : describe;

const running = new Set<ServerProcess | Relay | RconClient>();

afterAll(async () => {
  for (const one of running) {
    if ('close' in one) one.close();
    else await ('kill' in one ? one.kill() : one.stop());
  }
});

async function start(port: number): Promise<ServerProcess> {
  const server = await startGoMc(provided, { port, password: PASSWORD });
  running.add(server);
  return server;
}

function clientOf(port: number, password = PASSWORD): RconClient {
  const client = new RconClient({ address: '127.0.0.1', port, password, allowInternal: true });
  running.add(client);
  return client;
}

describeHere("go-mc's RCON server", () => {
  it('is spoken to as it is: started, asked, cut off, frozen, killed, started again', async () => {
    const port = await freePort();
    const client = clientOf(port);
    await expect(client.run('whitelist list')).rejects.toMatchObject({ code: 'refused' });

    const server = await start(port);
    await expect(clientOf(port, 'wrong').run('test ok x')).rejects.toMatchObject({
      code: 'wrong-password',
      mayHaveRun: false,
    });
    const lengths = Array.from({ length: 50 }, (_, index) => index * 100);
    const answers = lengths.map((length) => client.run(`test long ${length}`));
    expect((await Promise.all(answers)).map(({ length }) => length)).toEqual(lengths);
    // It sends any length at once, and hangs up on the question that such a length raises.
    for (const length of [4_095, 4_096, 4_097, 8_192, 1_000_000]) {
      const answer = await client.run(`test long ${length}`, { repeatable: true });
      expect(answer).toHaveLength(length);
    }
    await expect(client.run('test long 1100000')).rejects.toMatchObject({ code: 'too-large' });
    await expect(client.run('test hang up')).rejects.toMatchObject({ code: 'closed' });
    const nothing = client.run('test say nothing', { timeoutMs: 300 });
    await expect(nothing).rejects.toMatchObject({ code: 'timed-out', mayHaveRun: true });
    expect(await client.run('test ok x')).toBe('ok');

    const relay = await startRelay(port);
    running.add(relay);
    const relayed = clientOf(relay.port);
    expect(await relayed.run('test ok x')).toBe('ok');
    relay.set('breaks');
    const broken = relayed.run('test ok x', { repeatable: true });
    await expect(broken).rejects.toMatchObject({ code: 'closed' });
    relay.set('swallows');
    const swallowed = relayed.run('test ok x', { timeoutMs: 300 });
    await expect(swallowed).rejects.toMatchObject({ code: 'timed-out' });
    relay.set('open');
    expect(await relayed.run('test ok x')).toBe('ok');

    await server.freeze();
    const frozen = client.run('test ok x', { timeoutMs: 300 });
    await expect(frozen).rejects.toMatchObject({ code: 'timed-out' });
    server.thaw();
    expect(await client.run('test ok x')).toBe('ok');
    await server.kill();
    await expect(client.run('test ok x')).rejects.toMatchObject({
      code: expect.stringMatching(/closed|refused/),
    });
    await start(port);
    expect(await client.run('test ok x')).toBe('ok');
  });

  it('brings what a player types, shows the verdict, and keeps the whitelist, also through a restart', async () => {
    const port = await freePort();
    const server = await start(port);
    const player = clientOf(port);
    const console = clientOf(port);
    const troubles: unknown[] = [];
    const bridge = createRconBridge({
      console,
      bedrockPrefix: '.',
      intervalMs: 20,
      firstPauseMs: 20,
      onTrouble: (error) => troubles.push(error),
    });
    const ending = new AbortController();
    const pending = [{ edition: 'java', name: 'steve' }] as const;
    const typed = bridge.watch(() => Promise.resolve(pending), ending.signal);
    const type = async (): Promise<void> => {
      await player.run(`test join Steve ${STEVE}`);
      while ((await player.run('test trigger Steve 424242')) !== 'Triggered');
    };

    let coming = typed.next();
    await type();
    const first = (await coming).value;
    expect(first).toMatchObject(TYPED);
    expect(await first?.answer('That code is wrong: "@a" {x} ü')).toBe(true);
    expect((await player.run('test heard Steve')).split('\n')).toEqual([
      expect.stringContaining('/trigger castellan set'),
      'That code is wrong: "@a" {x} ü',
    ]);

    coming = typed.next();
    await server.kill();
    while (troubles.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await start(port);
    await type();
    const second = (await coming).value;
    expect(second).toMatchObject(TYPED);
    expect(await second?.answer('Linked.')).toBe(true);

    const steve = { edition: 'java', name: 'steve', uuid: STEVE } as const;
    expect(await bridge.whitelist?.list()).toEqual([]);
    expect(await bridge.whitelist?.add(steve)).toBe('done');
    expect(await bridge.whitelist?.add(steve)).toBe('already');
    expect(await bridge.whitelist?.list()).toEqual(['steve']);
    expect(await bridge.whitelist?.remove({ ...steve, uuid: null })).toBe('done');
    expect(await bridge.whitelist?.remove(steve)).toBe('already');
    ending.abort();
    await typed.return();
  });
});
