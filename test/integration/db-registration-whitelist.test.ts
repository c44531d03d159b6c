import { describe, expect, it } from '@jest/globals';
import {
  createRegistrationReader,
  createRegistrationRecorder,
  type WhitelistEntry,
} from '../../src/db/registration';
import { createWatchRecorder } from '../../src/db/watching';
import { GUILD, OPENER, OTHER_GUILD } from '../contracts/case-fixtures';
import { freshRecords } from '../contracts/fresh-records';
import {
  attempt,
  linkOf,
  OTHER_USER,
  player,
  proof,
  uuid,
} from '../contracts/registration-fixtures';
import { HOUR, MINUTE, settings, START } from '../contracts/watch-fixtures';

const records = freshRecords({ [GUILD]: 'Anvil', [OTHER_GUILD]: 'Bellows' });

const recorder = () => createRegistrationRecorder(records.knex);
const reader = () => createRegistrationReader(records.knex);

const watch = (...ids: readonly string[]) => {
  const servers = ids.map((id) => settings(id));
  return createWatchRecorder(records.knex).applyServers(GUILD, 'file', servers, START);
};

const place = (serverId = 'survival') => ({ guildId: GUILD, serverId });

const pending = (serverId?: string) => reader().whitelistPending({ ...place(serverId), limit: 50 });

const list = async (serverId?: string) =>
  (await reader().whitelist({ ...place(serverId), limit: 50 })).rows;

const told = async (serverId?: string) =>
  (await pending(serverId)).map(({ name, wanted }) => `${wanted ? '+' : '-'}${name}`);

async function link(name: string, number: number, serverIds: readonly string[] = ['survival']) {
  const wish = linkOf(`link ${name} ${number}`, { player: player(name, number), serverIds });
  const linked = await recorder().link(wish);
  if (!('account' in linked)) throw new Error(`It was not linked: ${linked.outcome}.`);
  return linked.account.key;
}

const unlink = (accountKey: number) =>
  recorder().unlink({
    ...{ operation: `unlink ${accountKey}`, guildId: GUILD, which: { accountKey } },
    ...{ cause: 'staff', actorId: null, reason: null, now: START + MINUTE },
  });

const want = (accountKey: number, wanted: boolean, serverIds: readonly string[] = ['survival']) =>
  recorder().wantWhitelisted({ guildId: GUILD, accountKey, serverIds, wanted, now: START + HOUR });

const apply = (entry: WhitelistEntry | undefined, serverId?: string) => {
  const { accountKey = 0, version = 0 } = entry ?? {};
  return recorder().whitelistApplied({
    ...place(serverId),
    accountKey,
    version,
    now: START + HOUR,
  });
};

describe('a wish', () => {
  it('comes with the link, for the servers that there are', async () => {
    await watch('survival', 'creative', 'lobby');
    const serverIds = ['creative', 'survival', 'nowhere'];
    const proven = proof(attempt(), player('Steve', 1), { serverIds });
    const concluded = await recorder().recordProof(proven);
    expect(concluded).toMatchObject({ serverIds: ['survival', 'creative'] });
    expect(await recorder().recordProof(proven)).toEqual(concluded);
    expect(await pending()).toEqual([
      {
        ...{ accountKey: expect.any(Number), userId: OPENER, ...player('Steve', 1) },
        ...{ wanted: true, version: expect.any(Number), settled: false, wantedAt: proven.now },
        ...{ appliedAt: null, error: null },
      },
    ]);
    expect(await told('creative')).toEqual(['+Steve']);
    expect(await told('lobby')).toEqual([]);
    expect(await told('nowhere')).toEqual([]);
    expect(await reader().countWhitelistPending(place())).toBe(1);
    expect(await reader().countWhitelistPending(place('nowhere'))).toBe(0);
  });

  it('is a wish once, however often it is wished', async () => {
    await watch('survival', 'creative');
    const key = await link('Steve', 1, []);
    const wished = { pending: ['survival', 'creative'], unknown: ['nowhere'] };
    const servers = ['survival', 'nowhere', 'creative'];
    expect(await want(key, true, servers)).toEqual(wished);
    const [before] = await pending();
    expect(await want(key, true, servers)).toEqual(wished);
    expect(await pending()).toEqual([before]);
    expect(await apply(before)).toBe('applied');
    expect(await apply(before)).toBe('applied');
    expect(await want(key, true, servers)).toEqual({ ...wished, pending: ['creative'] });
    expect(await list()).toMatchObject([{ settled: true, appliedAt: START + HOUR, error: null }]);
    expect(await told()).toEqual([]);
  });

  it('that is taken back is told the server after it, and is then forgotten', async () => {
    await watch('survival');
    const key = await link('Steve', 1);
    const [added] = await pending();
    await want(key, false);
    // The server was being told of the first wish meanwhile.
    expect(await apply(added)).toBe('superseded');
    expect(await told()).toEqual(['-Steve']);
    const [removed] = await pending();
    expect(await apply(removed)).toBe('applied');
    expect(await apply(removed)).toBe('applied');
    expect(await list()).toEqual([]);
    expect(await want(key, false)).toEqual({ pending: [], unknown: [] });
    expect(await list()).toEqual([]);
  });

  it('that comes late is not taken for a newer one', async () => {
    await watch('survival');
    const key = await link('Steve', 1);
    const [first] = await pending();
    await want(key, false);
    await apply((await pending())[0]);
    await want(key, true);
    expect(await apply(first)).toBe('superseded');
    expect(await told()).toEqual(['+Steve']);
  });

  it('is kept in the order of the wishes, not of the accounts', async () => {
    await watch('survival');
    const keys = [await link('One', 1), await link('Two', 2), await link('Three', 3)];
    await want(keys[0] ?? 0, false);
    await want(keys[0] ?? 0, true);
    expect(await told()).toEqual(['+Two', '+Three', '+One']);
    const asked = { ...place(), limit: 2 };
    expect(await reader().whitelistPending(asked)).toHaveLength(2);
    const page = await reader().whitelist(asked);
    expect(page.rows.map(({ name }) => name)).toEqual(['One', 'Two']);
    const rest = await reader().whitelist({ ...asked, after: page.next ?? 0 });
    expect(rest).toMatchObject({ rows: [{ name: 'Three' }], next: null });
  });

  it('for an account that is unlinked is none', async () => {
    await watch('survival');
    const key = await link('Steve', 1, []);
    await unlink(key);
    expect(await want(key, true)).toEqual({ pending: [], unknown: [] });
    expect(await list()).toEqual([]);
  });
});

describe('an account that is unlinked', () => {
  it('is taken off every whitelist, and its entries stay until that is done', async () => {
    await watch('survival', 'creative', 'lobby');
    const key = await link('Steve', 1, ['survival', 'creative']);
    await apply((await pending())[0]);
    const unlinked = await unlink(key);
    expect(unlinked.serverIds).toEqual(['survival', 'creative']);
    expect(await unlink(key)).toEqual(unlinked);
    expect(await told()).toEqual(['-Steve']);
    await apply((await pending())[0]);
    expect(await list()).toEqual([]);
    expect(await told('creative')).toEqual(['-Steve']);
    expect((await unlink(key)).serverIds).toEqual(['creative']);
  });

  it('and linked to another is left on: the server is not told to take the player off', async () => {
    await watch('survival');
    const key = await link('Steve', 1);
    await apply((await pending())[0]);
    await unlink(key);
    const wish = { userId: OTHER_USER, player: player('Stefan', 1), serverIds: ['survival'] };
    await recorder().link(linkOf('anew', wish));
    expect(await told()).toEqual(['+Stefan']);
    expect((await list()).map(({ userId }) => userId)).toEqual([OTHER_USER]);
  });
});

describe('a new name', () => {
  it('is what a server is told that was not told yet', async () => {
    await watch('survival', 'creative');
    await link('Steve', 1, ['survival', 'creative']);
    const [entry] = await pending();
    await apply(entry);
    const [before] = await pending('creative');
    await recorder().playerSeen({
      ...{ guildId: GUILD, edition: 'java', name: 'Stefan', uuid: uuid(1), now: START },
    });
    expect(await list()).toMatchObject([{ name: 'Steve', settled: true }]);
    expect(await told('creative')).toEqual(['+Stefan']);
    expect(await apply(before, 'creative')).toBe('superseded');
    expect(await told('creative')).toEqual(['+Stefan']);
  });
});

describe('a failure', () => {
  const fail = (entry: WhitelistEntry | undefined, final: boolean) => {
    const { accountKey = 0, version = 0 } = entry ?? {};
    const answer = { ...place(), accountKey, version, now: START + HOUR };
    return recorder().whitelistFailed({ ...answer, error: 'No such player\0', final });
  };

  it('is noted; the wish waits for another try, unless that would be in vain', async () => {
    await watch('survival');
    const key = await link('Steve', 1);
    const [entry] = await pending();
    await fail(entry, false);
    expect(await pending()).toMatchObject([{ error: 'No such player\u{FFFD}', settled: false }]);
    await fail(entry, true);
    expect(await told()).toEqual([]);
    expect(await list()).toMatchObject([{ error: 'No such player\u{FFFD}', appliedAt: null }]);
    await want(key, false);
    await fail(entry, true);
    expect(await pending()).toMatchObject([{ wanted: false, error: null }]);
    await apply((await pending())[0]);
    expect(await list()).toEqual([]);
  });
});

describe('a list that differs', () => {
  it('is repaired: the server is told again', async () => {
    await watch('survival', 'creative');
    const one = await link('One', 1);
    const two = await link('Two', 2);
    for (const entry of await pending()) await apply(entry);
    const repair = { ...place(), accountKeys: [two, 999_999], now: START + HOUR };
    expect(await recorder().repairWhitelist(repair)).toBe(1);
    expect(await told()).toEqual(['+Two']);
    expect(await recorder().repairWhitelist({ ...repair, serverId: 'creative' })).toBe(0);
    expect(await recorder().repairWhitelist({ ...repair, accountKeys: [one] })).toBe(1);
  });

  it('of a new server is filled with everybody, in one', async () => {
    await watch('survival', 'creative');
    await link('One', 1);
    await link('Two', 2);
    await link('Gone', 3).then(unlink);
    const cat = { ...player('Cat', 4), edition: 'bedrock' as const };
    await recorder().link(linkOf('cat', { player: cat }));
    const everybody = { ...place('creative'), again: false, now: START + HOUR };
    expect(await recorder().wantEveryone({ ...everybody, editions: ['java'] })).toBe(2);
    expect(await recorder().wantEveryone({ ...everybody, editions: ['java', 'bedrock'] })).toBe(3);
    expect(await told('creative')).toEqual(['+One', '+Two', '+Cat']);
    for (const entry of await pending('creative')) await apply(entry, 'creative');
    expect(await recorder().wantEveryone({ ...everybody, editions: ['java'] })).toBe(0);
    const again = { ...everybody, again: true };
    expect(await recorder().wantEveryone({ ...again, editions: ['java'] })).toBe(2);
    const nowhere = { ...again, serverId: 'nowhere', editions: ['java'] as const };
    expect(await recorder().wantEveryone(nowhere)).toBe(0);
  });
});

describe('a server that is removed', () => {
  it('is told nothing more, and begins anew with an empty list', async () => {
    await watch('survival', 'creative');
    const key = await link('Steve', 1, ['survival', 'creative']);
    await watch('creative');
    expect(await pending()).toEqual([]);
    expect(await want(key, true)).toEqual({ pending: [], unknown: ['survival'] });
    expect((await unlink(key)).serverIds).toEqual(['creative']);
    await watch('creative', 'survival');
    expect(await list()).toEqual([]);
  });
});
