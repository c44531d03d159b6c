import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { WhitelistEntry } from '../../../db/registration';
import { SAMPLE_GUILD, SAMPLE_UUID, SamplePlugin } from '../../game/sample-plugin';

const CODE = '7KXM-P4QT';
const REGISTRATIONS = '/v1/game/registrations?server=survival';
const pending = z.object({
  version: z.string(),
  registrations: z.array(z.object({ name: z.string(), edition: z.string(), endsAt: z.string() })),
});
const changes = z.object({
  changes: z.array(
    z.object({ id: z.string(), sequence: z.number(), action: z.string(), name: z.string() }),
  ),
});

let plugin: SamplePlugin;
beforeEach(async () => {
  plugin = await SamplePlugin.start();
});
afterEach(() => plugin.stop());
const names = async (answer: Response): Promise<string[]> =>
  pending.parse(await answer.json()).registrations.map(({ name }) => name);

describe('names that are registered', () => {
  it('are those of the guild, as its server names the players, each once', async () => {
    plugin.world.add(CODE, { userId: '1' });
    plugin.world.add(CODE, { userId: '2', forMs: 900_000 });
    plugin.world.add(CODE, { edition: 'bedrock', name: 'Iron Golem' });
    plugin.world.add(CODE, { guildId: '200', name: 'Alex' });
    plugin.world.add(CODE, { name: 'Late', forMs: 0 });
    const answer = await plugin.get(REGISTRATIONS);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(pending.parse(await answer.json()).registrations).toEqual([
      { name: 'Steve', edition: 'java', endsAt: new Date(plugin.now + 900_000).toISOString() },
      {
        name: '.Iron_Golem',
        edition: 'bedrock',
        endsAt: new Date(plugin.now + 600_000).toISOString(),
      },
    ]);
    const other = await plugin.get('/v1/game/registrations?server=other', {
      keys: plugin.keys.other,
    });
    expect(await names(other)).toEqual(['Alex']);
  });

  it('are all there, however many', async () => {
    for (let count = 0; count < 1_234; count += 1)
      plugin.world.add(CODE, { name: `Player_${count}` });
    expect(await names(await plugin.get(REGISTRATIONS))).toHaveLength(1_234);
  });

  it('are waited for', async () => {
    const waiting = plugin.get(`${REGISTRATIONS}&wait=25s`);
    await plugin.looked(1);
    plugin.world.add(CODE);
    expect(await names(await waiting)).toEqual(['Steve']);
  });

  it('are waited for until they differ from those that are known', async () => {
    plugin.world.add(CODE);
    const { version } = pending.parse(await (await plugin.get(`${REGISTRATIONS}&wait=25s`)).json());
    const known = `${REGISTRATIONS}&known=${version}`;
    expect(await names(await plugin.get(known))).toEqual(['Steve']);
    const waiting = plugin.get(`${known}&wait=25s`);
    await plugin.looked(3);
    plugin.world.end('registration-100-1-java-steve', 'cancelled');
    expect(await names(await waiting)).toEqual([]);
  });

  it('are the same as before when the time is over', async () => {
    const answer = await plugin.get(`${REGISTRATIONS}&wait=1s`);
    expect([answer.status, await names(answer)]).toEqual([200, []]);
  });

  it('are answered at once when the process stops', async () => {
    const waiting = [
      plugin.get(`${REGISTRATIONS}&wait=25s`),
      plugin.get('/v1/game/whitelist?server=survival&wait=25s'),
    ];
    await plugin.looked(6);
    plugin.stopping.abort();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200]);
  });

  it('are not looked for when nobody waits any longer', async () => {
    const leaving = new AbortController();
    const waiting = plugin.get(`${REGISTRATIONS}&wait=25s`, { signal: leaving.signal });
    await plugin.looked(3);
    leaving.abort();
    await expect(waiting).rejects.toThrow();
    let seen: number;
    do {
      seen = plugin.world.reads;
      await new Promise((resolve) => setTimeout(resolve, 50));
    } while (plugin.world.reads > seen);
    expect(plugin.world.reads).toBe(seen);
  });

  it('are the first answer again for a request that is sent again, and for no other', async () => {
    const id = 'once';
    plugin.world.add(CODE);
    expect(await names(await plugin.get(REGISTRATIONS, { id }))).toEqual(['Steve']);
    plugin.world.add(CODE, { name: 'Alex' });
    plugin.now += 60_000;
    expect(await names(await plugin.get(REGISTRATIONS, { id }))).toEqual(['Steve']);
    for (const path of [`${REGISTRATIONS}&known=1`, '/v1/game/whitelist?server=survival']) {
      expect((await plugin.get(path, { id })).status).toBe(400);
    }
    expect(await names(await plugin.get(REGISTRATIONS))).toEqual(['Alex', 'Steve']);
  });

  it('are made anew where nobody read the first answer', async () => {
    const [id, leaving] = ['once', new AbortController()];
    const lost = plugin.get(`${REGISTRATIONS}&wait=25s`, { id, signal: leaving.signal });
    await plugin.looked(3);
    leaving.abort();
    await expect(lost).rejects.toThrow();
    plugin.world.add(CODE);
    let again: Response;
    do again = await plugin.get(`${REGISTRATIONS}&wait=25s`, { id });
    while (again.status === 503);
    expect(await names(again)).toEqual(['Steve']);
  });

  it('are waited for by so many requests of one server only', async () => {
    await plugin.stop();
    plugin = await SamplePlugin.start({ waitingOfServer: 2, waiting: 3 });
    const leaving = new AbortController();
    const wait = (server: 'survival' | 'creative') =>
      plugin.get(`/v1/game/registrations?server=${server}&wait=25s`, {
        keys: plugin.keys[server],
        signal: leaving.signal,
      });
    const waiting = [wait('survival'), wait('survival'), wait('creative')];
    void Promise.allSettled(waiting);
    let full: Response;
    do full = await wait('creative');
    while (full.status === 200);
    expect([full.status, full.headers.get('retry-after')]).toEqual([503, '5']);
    const third = await wait('survival');
    expect([third.status, third.headers.get('retry-after')]).toEqual([429, '5']);
    plugin.stopping.abort();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200, 200]);
  });
});

describe('a whitelist', () => {
  const entry = (version: number, more: Partial<WhitelistEntry> = {}): WhitelistEntry => ({
    accountKey: 40 + version,
    userId: '1',
    edition: 'java',
    name: `Player_${version}`,
    uuid: SAMPLE_UUID,
    wanted: true,
    version,
    settled: false,
    wantedAt: plugin.now,
    appliedAt: null,
    error: null,
    ...more,
  });
  const WHITELIST = '/v1/game/whitelist?server=survival';

  it('changes in order, from where the plugin is', async () => {
    plugin.world.whitelist.push(
      entry(1),
      entry(2, { wanted: false }),
      entry(3, { edition: 'bedrock', name: 'Iron Golem', uuid: null }),
    );
    const all = changes.parse(await (await plugin.get(WHITELIST)).json()).changes;
    expect(all).toEqual([
      { id: '41-1', sequence: 1, action: 'add', name: 'Player_1' },
      { id: '42-2', sequence: 2, action: 'remove', name: 'Player_2' },
      { id: '43-3', sequence: 3, action: 'add', name: '.Iron_Golem' },
    ]);
    const later = changes.parse(await (await plugin.get(`${WHITELIST}&after=2`)).json()).changes;
    expect(later.map(({ id }) => id)).toEqual(['43-3']);
    const waiting = plugin.get(`${WHITELIST}&after=3&wait=25s`);
    await plugin.looked(3);
    plugin.world.whitelist.push(entry(4));
    expect(changes.parse(await (await waiting).json()).changes.map(({ id }) => id)).toEqual([
      '44-4',
    ]);
  });

  it('is known to have changed when the plugin says so', async () => {
    const answer = await plugin.post('/v1/game/whitelist/applied', {
      server: 'survival',
      applied: ['41-1', '42-2'],
    });
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    expect(plugin.world.confirmed).toEqual([
      [
        { guildId: SAMPLE_GUILD, serverId: 'survival' },
        [
          { accountKey: 41, version: 1 },
          { accountKey: 42, version: 2 },
        ],
      ],
    ]);
  });

  it.each([[[]], [['x']], [['1']], [['1-2-3']], ['1-2'], [Array<string>(201).fill('1-2')]])(
    'has no other changes: %j',
    async (applied) => {
      const answer = await plugin.post('/v1/game/whitelist/applied', {
        server: 'survival',
        applied,
      });
      expect(answer.status).toBe(400);
      expect(plugin.world.confirmed).toEqual([]);
    },
  );

  it('is its server’s alone', async () => {
    const body = { server: 'creative', applied: ['1-2'] };
    expect((await plugin.post('/v1/game/whitelist/applied', body)).status).toBe(401);
    expect((await plugin.get('/v1/game/whitelist?server=creative')).status).toBe(401);
  });
});
