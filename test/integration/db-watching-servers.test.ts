import { describe, expect, it } from '@jest/globals';
import { UnknownGuild } from '../../src/db/case-errors';
import { createGuildRepository } from '../../src/db/guilds';
import { createWatchReader, createWatchRecorder } from '../../src/db/watching';
import { WATCHING_DEFAULTS } from '../../src/config/guild/resolved-servers';
import type { MaintenanceWindow } from '../../src/domain/watching/server';
import { GUILD, guildNamed, OTHER_GUILD } from '../contracts/case-fixtures';
import {
  answered,
  checked,
  everyServer,
  failed,
  HOUR,
  INTERVAL,
  MINUTE,
  POLICIES,
  round,
  SECOND,
  settings,
  START,
} from '../contracts/watch-fixtures';
import { freshRecords } from '../contracts/fresh-records';

const records = freshRecords({ [GUILD]: 'Anvil', [OTHER_GUILD]: 'Bellows' });

const recorder = () => createWatchRecorder(records.knex);
const reader = () => createWatchReader(records.knex);
const listed = async (guildId = GUILD) =>
  (await reader().servers(guildId, START)).map(({ server }) => server.id);
const keyOf = async (id: string) => (await reader().server(GUILD, id, START))?.server.key ?? 0;

describe('the servers of a file', () => {
  const apply = (...ids: string[]) =>
    recorder().applyServers(
      GUILD,
      'file',
      ids.map((id) => settings(id)),
      START,
    );

  it('are added in their order, and due', async () => {
    expect(await apply('survival', 'creative')).toEqual({
      added: ['survival', 'creative'],
      changed: [],
      removed: [],
    });
    expect(await listed()).toEqual(['survival', 'creative']);
    expect(await recorder().countDue(START)).toBe(2);
    const [first] = await reader().servers(GUILD, START);
    expect(first).toMatchObject({
      origin: 'file',
      status: 'unknown',
      since: START,
      addedAt: START,
    });
    expect(first?.server).toEqual({
      ...settings('survival'),
      key: first?.server.key,
      guildId: GUILD,
    });
  });

  it('are not written when nothing changed', async () => {
    await apply('survival', 'creative');
    const before: unknown = await records.knex('server_states').orderBy('server_key');
    expect(await apply('survival', 'creative')).toEqual({ added: [], changed: [], removed: [] });
    expect(await records.knex('server_states').orderBy('server_key')).toEqual(before);
  });

  it('are applied once when several processes start at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => apply('survival')));
    expect(outcomes.flatMap(({ added }) => added)).toEqual(['survival']);
    expect(await records.knex('game_servers')).toHaveLength(1);
  });

  it('follow the file: changed, moved and removed, and their history stays', async () => {
    await apply('survival', 'creative', 'lobby');
    const key = await keyOf('survival');
    const changed = settings('survival', { address: 'new.example.org' });
    expect(
      await recorder().applyServers(GUILD, 'file', [settings('lobby'), changed], START + HOUR),
    ).toEqual({ added: [], changed: ['survival'], removed: ['creative'] });
    expect(await listed()).toEqual(['lobby', 'survival']);
    expect(await keyOf('survival')).toBe(key);
    expect(await records.knex('game_servers').whereNotNull('removed_at').pluck('id')).toEqual([
      'creative',
    ]);
  });

  it('leave those of commands and of other guilds alone', async () => {
    await recorder().putServer(GUILD, settings('arena'), START);
    await recorder().applyServers(OTHER_GUILD, 'file', [settings('survival')], START);
    await apply('survival');
    expect(await listed()).toEqual(['survival', 'arena']);
    await recorder().applyServers(GUILD, 'file', [], START);
    expect(await listed()).toEqual(['arena']);
    expect(await listed(OTHER_GUILD)).toEqual(['survival']);
  });

  it('take over a server of a command, with its history', async () => {
    await recorder().putServer(GUILD, settings('survival'), START);
    const key = await keyOf('survival');
    expect(await apply('survival')).toEqual({ added: [], changed: [], removed: [] });
    expect(await reader().server(GUILD, 'survival', START)).toMatchObject({
      origin: 'file',
      server: { key },
    });
  });

  it('are refused for a guild that is not set up', async () => {
    await expect(
      recorder().applyServers('42', 'file', [settings('survival')], START),
    ).rejects.toThrow(UnknownGuild);
    expect(await records.knex('game_servers')).toHaveLength(0);
  });
});

describe('servers of commands', () => {
  it('are added, changed and left alone', async () => {
    const put = (more = {}) => recorder().putServer(GUILD, settings('arena', more), START);
    const added = await put();
    expect(added).toEqual({ outcome: 'added', key: await keyOf('arena') });
    expect(await put()).toEqual({ ...added, outcome: 'unchanged' });
    expect(await put({ name: 'Arena' })).toEqual({ ...added, outcome: 'changed' });
  });

  it('do not touch what the file says', async () => {
    await recorder().applyServers(GUILD, 'file', [settings('survival')], START);
    expect(await recorder().putServer(GUILD, settings('survival', { name: 'X' }), START)).toEqual({
      outcome: 'in-file',
    });
    expect(await recorder().removeServer(GUILD, 'survival', START)).toEqual({ outcome: 'in-file' });
    expect((await reader().server(GUILD, 'survival', START))?.server.name).toBe('The survival');
  });

  it('begin anew after they were removed', async () => {
    await recorder().putServer(GUILD, settings('arena'), START);
    const key = await keyOf('arena');
    expect(await recorder().removeServer(GUILD, 'arena', START + HOUR)).toEqual({
      outcome: 'removed',
    });
    expect(await recorder().removeServer(GUILD, 'arena', START + HOUR)).toEqual({
      outcome: 'unknown',
    });
    expect(await listed()).toEqual([]);
    expect(await recorder().countDue(START + HOUR)).toBe(0);
    await recorder().putServer(GUILD, settings('arena'), START + 2 * HOUR);
    expect(await keyOf('arena')).toBeGreaterThan(key);
    const spans = await records.knex('server_spans').where('server_key', key);
    expect(spans).toMatchObject([{ kind: 'unknown', ended_at: new Date(START + HOUR) }]);
  });

  it('end their outage when they are removed, and that is told', async () => {
    await recorder().putServer(GUILD, settings('arena'), START);
    const key = await keyOf('arena');
    await round(recorder(), () => [answered(START)]);
    const at = START + INTERVAL;
    await round(recorder(), () => [failed(at), failed(at + 5 * SECOND), failed(at + 9 * SECOND)]);
    await recorder().newsDelivered((await recorder().pendingNews(10)).map(({ id }) => id));
    await recorder().removeServer(GUILD, 'arena', START + HOUR);
    expect(await recorder().hasNews()).toBe(true);
    expect(await recorder().pendingNews(10)).toMatchObject([
      {
        type: 'incident',
        news: {
          type: 'server-up',
          serverKey: key,
          until: START + HOUR,
          unknownMs: 0,
          removed: true,
        },
      },
    ]);
    const { incidents } = await reader().incidents({ guildId: GUILD, limit: 5 });
    expect(incidents[0]?.servers).toMatchObject([{ since: at, until: START + HOUR }]);
  });

  it('do not count what a check found out before they were changed', async () => {
    await recorder().putServer(GUILD, settings('arena'), START);
    const [before] = await everyServer(recorder());
    await recorder().putServer(GUILD, settings('arena', { address: 'elsewhere' }), START);
    const results = before ? [checked(before, [answered(START)])] : [];
    expect(await recorder().saveRound({ results, policies: POLICIES })).toEqual({
      news: false,
      skipped: [before?.server.key],
    });
    expect(await reader().server(GUILD, 'arena', START)).toMatchObject({ status: 'unknown' });
  });
});

describe('maintenance', () => {
  const window = (id: string): MaintenanceWindow => ({
    id,
    title: 'Update',
    startsAt: START + HOUR,
    durationMs: HOUR,
    rule: null,
    timeZone: 'Europe/Berlin',
  });
  const windows = async () =>
    (await reader().server(GUILD, 'survival', START))?.server.maintenance ?? [];

  it('of commands stands beside the file’s and survives its application', async () => {
    const inFile = [settings('survival', { maintenance: [window('weekly')] })];
    await recorder().applyServers(GUILD, 'file', inFile, START);
    await round(recorder(), () => [answered(START)]);
    expect(await recorder().addMaintenance(GUILD, 'survival', window('now'), START)).toEqual({
      outcome: 'added',
    });
    await recorder().addMaintenance(GUILD, 'survival', window('now'), START);
    await recorder().applyServers(GUILD, 'file', inFile, START);
    expect(await windows()).toEqual([window('weekly'), window('now')]);
    expect((await everyServer(recorder()))[0]?.server.maintenance).toHaveLength(2);
    expect(await recorder().countDue(START)).toBe(1);
  });

  it('is ended by command where a command made it', async () => {
    const inFile = [settings('survival', { maintenance: [window('weekly')] })];
    await recorder().applyServers(GUILD, 'file', inFile, START);
    await recorder().addMaintenance(GUILD, 'survival', window('now'), START);
    const end = (id: string, windowId: string) =>
      recorder().endMaintenance(GUILD, id, windowId, START);
    expect(await end('survival', 'now')).toEqual({ outcome: 'ended' });
    expect(await end('survival', 'now')).toEqual({ outcome: 'unknown' });
    expect(await end('survival', 'weekly')).toEqual({ outcome: 'in-file' });
    expect(await end('creative', 'weekly')).toEqual({ outcome: 'unknown' });
    expect(await windows()).toEqual([window('weekly')]);
  });
});

describe('what is due', () => {
  it('falls into the same batch whatever was recorded meanwhile', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `server-${index}`);
    await recorder().applyServers(
      GUILD,
      'file',
      ids.map((id) => settings(id)),
      START,
    );
    expect(await recorder().countDue(START)).toBe(50);
    expect(await recorder().countDue(START - 1)).toBe(0);
    const batch = async (number: number) => recorder().due(START, { batch: number, of: 3 });
    const before = await Promise.all([batch(0), batch(1), batch(2)]);
    expect(
      before
        .flat()
        .map(({ server }) => server.id)
        .toSorted(),
    ).toEqual(ids.toSorted());
    const results = before[0].map((server) => ({
      ...checked(server, [answered(START)]),
      nextDueAt: START + MINUTE,
    }));
    await recorder().saveRound({ results, policies: POLICIES });
    expect(await batch(0)).toEqual([]);
    expect(await batch(1)).toEqual(before[1]);
    expect(await recorder().countDue(START + MINUTE)).toBe(50);
  });

  it('is everything after the clock was put back', async () => {
    await recorder().applyServers(GUILD, 'file', [settings('survival')], START);
    const [first] = await everyServer(recorder());
    const results = first
      ? [{ ...checked(first, [answered(START)]), nextDueAt: START + INTERVAL }]
      : [];
    await recorder().saveRound({ results, policies: POLICIES });
    expect(await recorder().countDue(START + 1)).toBe(0);
    const earlier = START - HOUR;
    expect(await recorder().countDue(earlier)).toBe(1);
    expect(await recorder().due(earlier, { batch: 0, of: 1 })).toMatchObject([{ dueAt: earlier }]);
  });
});

describe('a guild’s address', () => {
  const guilds = () => createGuildRepository(records.knex);
  const slugOf = async (guildId: string) => (await reader().guild(guildId))?.slug;

  it('is made of its name, once', async () => {
    await guilds().apply(guildNamed('Höhle & Söhne  42!', '901'), 'x');
    expect(await slugOf('901')).toBe('hohle-sohne-42');
    await guilds().apply(guildNamed('Something else', '901'), 'y');
    expect(await reader().guildBySlug('hohle-sohne-42')).toEqual({
      guildId: '901',
      name: 'Something else',
      slug: 'hohle-sohne-42',
    });
  });

  it('is its own, also for guilds of one name that come at once', async () => {
    const ids = ['911', '912', '913', '914'];
    await Promise.all(ids.map((id) => guilds().apply(guildNamed('Forge', id), id)));
    const slugs = await Promise.all(ids.map(slugOf));
    expect(slugs.toSorted()).toEqual(['forge', 'forge-2', 'forge-3', 'forge-4']);
  });

  it('has a form even where the name has none, and is never another one’s id', async () => {
    await guilds().apply(guildNamed('火山', '921'), 'x');
    await guilds().apply(guildNamed(GUILD, '922'), 'x');
    expect(await slugOf('921')).toBe('guild');
    expect(await slugOf('922')).toBe(`guild-${GUILD}`);
    expect((await reader().guildBySlug(GUILD))?.guildId).toBe(GUILD);
    expect(await reader().guildBySlug('nowhere')).toBeNull();
  });

  it('is the configured one', async () => {
    const watching = { ...WATCHING_DEFAULTS, slug: 'play' };
    await guilds().apply({ ...guildNamed('Anvil'), watching }, 'c');
    expect(await slugOf(GUILD)).toBe('play');
    await guilds().apply({ ...guildNamed('Bellows', OTHER_GUILD), watching }, 'c');
    expect(await slugOf(OTHER_GUILD)).toBe('play-2');
    await guilds().apply(guildNamed('Anvil'), 'd');
    expect(await slugOf(GUILD)).toBe('play');
  });
});
