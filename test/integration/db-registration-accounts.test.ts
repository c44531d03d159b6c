import { describe, expect, it } from '@jest/globals';
import { UnknownGuild } from '../../src/db/case-errors';
import {
  createRegistrationReader,
  createRegistrationRecorder,
  type Linked,
  type Unlink,
} from '../../src/db/registration';
import type { Account } from '../../src/domain/registration/account';
import { GUILD, OPENER, OTHER_GUILD, STAFF } from '../contracts/case-fixtures';
import { freshRecords } from '../contracts/fresh-records';
import {
  attempt,
  idOf,
  linkOf,
  OTHER_USER,
  player,
  proof,
  uuid,
} from '../contracts/registration-fixtures';
import { HOUR, MINUTE, START } from '../contracts/watch-fixtures';

const records = freshRecords({ [GUILD]: 'Anvil', [OTHER_GUILD]: 'Bellows' });

const recorder = () => createRegistrationRecorder(records.knex);
const reader = () => createRegistrationReader(records.knex);

const namesOf = async (userId: string) =>
  (await reader().accountsOf(GUILD, userId)).map(({ name }) => name);

const events = async (userId = OPENER) =>
  (await reader().accountEvents({ guildId: GUILD, userId, limit: 50 })).rows;

function accountOf(linked: Linked): Account {
  if (!('account' in linked)) throw new Error(`It was not linked: ${linked.outcome}.`);
  return linked.account;
}

const linked = async (operation: string, more: Parameters<typeof linkOf>[1] = {}) =>
  accountOf(await recorder().link(linkOf(operation, more)));

const unlinkOf = (operation: string, which: Unlink['which'], more: Partial<Unlink> = {}) => ({
  ...{ operation, guildId: GUILD, which, cause: 'staff' as const },
  ...{ actorId: STAFF, reason: null, now: START + HOUR },
  ...more,
});

describe('a proof', () => {
  it('makes the account the user’s, and ends the registration, in one', async () => {
    const steve = player('Steve', 1);
    const proven = proof(attempt(), steve);
    const concluded = await recorder().recordProof(proven);
    expect(concluded).toMatchObject({ outcome: 'linked', at: proven.now, serverIds: [] });
    const [account] = await reader().accountsOf(GUILD, OPENER);
    expect(account).toEqual({
      ...{ key: expect.any(Number), guildId: GUILD, userId: OPENER, ...steve },
      ...{ primary: true, linkedAt: proven.now, linkedBy: null },
    });
    expect(concluded).toMatchObject({ account, primary: account });
    expect(await reader().registration(idOf(attempt()))).toMatchObject({
      ...{ status: 'verified', endedAt: proven.now },
    });
    expect(await reader().pendingByName(GUILD, 'java', 'Steve')).toEqual([]);
    const history = await reader().registrationEvents(idOf(attempt()));
    expect(history.at(-1)).toMatchObject({
      ...{ seq: 4, type: 'verified', data: { accountKey: account?.key } },
    });
    expect(await events()).toMatchObject([
      { type: 'linked', actorId: OPENER, data: { name: 'Steve', uuid: uuid(1), proven: true } },
    ]);
  });

  it('has one outcome, however often it is tried, and whatever happened since', async () => {
    const proven = proof(attempt(), player('Steve', 1));
    const first = await recorder().recordProof(proven);
    expect(await recorder().recordProof({ ...proven, now: START + HOUR })).toEqual(first);
    await recorder().unlink(unlinkOf('u', { userId: OPENER }));
    expect(await recorder().recordProof(proven)).toMatchObject({
      outcome: 'linked',
      at: proven.now,
    });
    expect(await namesOf(OPENER)).toEqual([]);

    const late = proof(attempt({ userId: OTHER_USER, name: 'Alex' }), player('Alex', 2));
    await linked('other', { player: player('Alex', 2) });
    const refused = await recorder().recordProof(late);
    expect(refused).toEqual({
      ...{ outcome: 'rejected', rejection: { refused: 'taken' }, at: late.now },
    });
    await recorder().unlink(unlinkOf('u2', { userId: OPENER }));
    expect(await recorder().recordProof({ ...late, now: START + HOUR })).toEqual(refused);
    expect(
      await reader().registration(idOf(attempt({ userId: OTHER_USER, name: 'Alex' }))),
    ).toEqual(expect.objectContaining({ status: 'rejected', endedAt: late.now }));
  });

  it('does not take an account from another user, be it theirs by UUID or by word of staff', async () => {
    await linked('1', { player: player('Steve', 1) });
    await linked('2', { player: { edition: 'java', name: 'Alex', uuid: null } });
    const of = attempt({ userId: OTHER_USER });
    const tried = (startedAt: number, by: ReturnType<typeof player>) =>
      recorder().recordProof(proof({ ...of, startedAt }, by));
    expect(await tried(START, player('Renamed', 1))).toMatchObject({
      rejection: { refused: 'taken' },
    });
    expect(await tried(START + 1, player('ALEX', 2))).toMatchObject({
      rejection: { refused: 'taken' },
    });
    // Who was named Steve has another name now; whoever plays as Steve is somebody else.
    expect(await tried(START + 2, player('Steve', 3))).toMatchObject({ outcome: 'linked' });
    const elsewhere = { ...of, guildId: OTHER_GUILD };
    expect(await recorder().recordProof(proof(elsewhere, player('Steve', 1)))).toMatchObject({
      outcome: 'linked',
    });
    const bedrock = { ...player('Steve', 1), edition: 'bedrock' as const };
    expect(await tried(START + 3, bedrock)).toMatchObject({ outcome: 'linked' });
  });

  it('gives nobody more accounts than the most', async () => {
    await linked('1', { player: player('One', 1) });
    const second = proof(attempt({ name: 'Two' }), player('Two', 2), { mostAccounts: 1 });
    expect(await recorder().recordProof(second)).toMatchObject({
      rejection: { refused: 'most-accounts', most: 1 },
    });
    // What they have already is no new one.
    const same = proof(attempt(), player('Uno', 1), { mostAccounts: 1 });
    expect(await recorder().recordProof(same)).toMatchObject({
      ...{ outcome: 'linked', account: { name: 'Uno', uuid: uuid(1) } },
    });
    expect(await namesOf(OPENER)).toEqual(['Uno']);
  });
});

describe('a link by staff', () => {
  it('says who answers for it, and why; only the first is the primary account', async () => {
    const first = await linked('1', { reason: 'Known for years\0' });
    const second = await linked('2', { player: player('Alex', 2) });
    expect(first).toMatchObject({ linkedBy: STAFF, primary: true });
    expect(second).toMatchObject({ linkedBy: STAFF, primary: false });
    expect(await events()).toMatchObject([
      { type: 'linked', accountKey: second.key, note: null },
      { type: 'linked', accountKey: first.key, note: 'Known for years\u{FFFD}', actorId: STAFF },
    ]);
  });

  it('tried again is one link, told as such', async () => {
    const first = await recorder().link(linkOf('1'));
    expect(await recorder().link(linkOf('1'))).toEqual(first);
    expect(await recorder().link(linkOf('2'))).toMatchObject({ outcome: 'already-yours' });
    expect(await events()).toHaveLength(1);
  });

  it('says to staff whose the account is', async () => {
    await linked('1');
    const theirs = { userId: OTHER_USER };
    expect(await recorder().link(linkOf('2', theirs))).toEqual({
      ...{ outcome: 'taken', userId: OPENER },
    });
    const byName = { edition: 'java', name: 'STEVE', uuid: null } as const;
    expect(await recorder().link(linkOf('3', { ...theirs, player: byName }))).toEqual({
      ...{ outcome: 'taken', userId: OPENER },
    });
    expect(await recorder().link(linkOf('4', { player: byName }))).toMatchObject({
      ...{ outcome: 'already-yours', account: { name: 'Steve', uuid: uuid(1) } },
    });
  });

  it('without a UUID learns it from the game', async () => {
    await linked('1', { player: { edition: 'java', name: 'steve', uuid: null } });
    const proven = proof(attempt(), player('Steve', 1));
    expect(await recorder().recordProof(proven)).toMatchObject({
      ...{ outcome: 'linked', account: { name: 'Steve', uuid: uuid(1), linkedBy: STAFF } },
    });
    expect((await events()).map(({ type }) => type)).toEqual(['identified', 'renamed', 'linked']);
    expect(await reader().accountByUuid(GUILD, 'java', uuid(1))).toMatchObject({ name: 'Steve' });
  });

  it('is refused for a guild that is not set up', async () => {
    const nowhere = linkOf('1', { guildId: '900000000000000009' });
    await expect(recorder().link(nowhere)).rejects.toThrow(UnknownGuild);
  });
});

describe('an unlink', () => {
  it('takes the account, and the next oldest one becomes the primary one', async () => {
    const first = await linked('1', { player: player('One', 1) });
    const second = await linked('2', { player: player('Two', 2), now: START + 2 });
    await linked('3', { player: player('Three', 3), now: START + 3 });
    const wish = unlinkOf('u', { accountKey: first.key }, { reason: 'Sold' });
    const unlinked = await recorder().unlink(wish);
    expect(unlinked).toEqual({
      ...{ accounts: [first], primary: { ...second, primary: true }, serverIds: [] },
    });
    expect(await recorder().unlink(wish)).toEqual(unlinked);
    expect(await namesOf(OPENER)).toEqual(['Two', 'Three']);
    expect(await reader().account(GUILD, first.key)).toBeNull();
    expect((await events()).slice(0, 2)).toMatchObject([
      { type: 'made-primary', accountKey: second.key, actorId: null },
      { type: 'unlinked', accountKey: first.key, note: 'Sold', data: { cause: 'staff' } },
    ]);
    expect(await events()).toHaveLength(5);
  });

  it('of what is somebody else’s, or not there, changes nothing', async () => {
    const { key } = await linked('1');
    const nothing = { accounts: [], primary: null, serverIds: [] };
    for (const which of [
      { accountKey: key, userId: OTHER_USER },
      { accountKey: key + 1 },
      { userId: OTHER_USER },
      { userId: OPENER, name: 'Stev', edition: null },
      { userId: OPENER, name: 'Steve', edition: 'bedrock' as const },
    ]) {
      expect(await recorder().unlink(unlinkOf('u', which))).toEqual(nothing);
    }
    expect(
      await recorder().unlink(unlinkOf('u', { accountKey: key }, { guildId: OTHER_GUILD })),
    ).toEqual(nothing);
    expect(await namesOf(OPENER)).toEqual(['Steve']);
  });

  it('by name finds the user’s own in any case and of any edition', async () => {
    await linked('1');
    await linked('2', { player: { ...player('Cool Cat', 1), edition: 'bedrock' as const } });
    const own = { userId: OPENER, edition: null };
    const away = await recorder().unlink(unlinkOf('u', { ...own, name: 'cool_cat' }));
    expect(away.accounts).toMatchObject([{ name: 'Cool Cat' }]);
    await recorder().unlink(unlinkOf('v', { ...own, name: 'STEVE' }));
    expect(await namesOf(OPENER)).toEqual([]);
  });

  it('of somebody who left takes all they had; it can be linked anew, by anybody', async () => {
    const first = await linked('1');
    await linked('2', { player: player('Alex', 2) });
    await linked('3', { player: player('Zuri', 3), userId: OTHER_USER });
    const left = unlinkOf('left', { userId: OPENER }, { cause: 'left', actorId: null });
    expect((await recorder().unlink(left)).accounts).toHaveLength(2);
    expect((await recorder().unlink(left)).accounts).toHaveLength(2);
    expect(await namesOf(OPENER)).toEqual([]);
    expect(await namesOf(OTHER_USER)).toEqual(['Zuri']);
    const anew = await linked('4', { userId: OTHER_USER });
    expect(anew.key).not.toBe(first.key);
    expect(anew.primary).toBe(false);
  });

  it('of somebody who left leaves what they got after coming back', async () => {
    await linked('1');
    await linked('2', { player: player('Alex', 2), now: START + 2 * HOUR });
    const begun = attempt({ name: 'Late', startedAt: START + HOUR - 1 });
    const since = attempt({ name: 'Later', startedAt: START + HOUR + 1 });
    await recorder().recordProof(proof(begun, player('Late', 3), { now: START + HOUR + 2 }));
    await recorder().recordProof(
      proof(since, player('Later', 4), { now: START + HOUR + 3, mostAccounts: 4 }),
    );
    const which = { userId: OPENER, begunBy: START + HOUR };
    const { accounts } = await recorder().unlink(unlinkOf('left', which, { cause: 'left' }));
    expect(accounts.map(({ name }) => name)).toEqual(['Steve', 'Late']);
    expect(await namesOf(OPENER)).toEqual(['Later', 'Alex']);
  });

  it('and every other change is in a history that is only added to', async () => {
    await linked('1');
    const history = records.knex('account_events');
    await expect(history.clone().update('note', 'never')).rejects.toThrow('only added to');
    await expect(history.clone().delete()).rejects.toThrow('account_events');
    await expect(records.knex.raw('truncate account_events')).rejects.toThrow('only added to');
  });
});

describe('the primary account', () => {
  const deed = (operation: string, accountKey: number, userId = OPENER) => ({
    ...{ operation, accountKey, userId, guildId: GUILD },
    ...{ actorId: userId, reason: null, now: START + MINUTE },
  });

  it('is another one when the user says so', async () => {
    const first = await linked('1', { player: player('One', 1) });
    const second = await linked('2', { player: player('Two', 2) });
    const made = { account: { ...second, primary: true }, changed: true };
    expect(await recorder().makePrimary(deed('p', second.key))).toEqual(made);
    expect(await recorder().makePrimary(deed('p', second.key))).toEqual(made);
    expect(await recorder().makePrimary(deed('q', second.key))).toEqual({
      ...made,
      changed: false,
    });
    expect(await namesOf(OPENER)).toEqual(['Two', 'One']);
    expect(await recorder().makePrimary(deed('r', first.key, OTHER_USER))).toBeNull();
    expect(await recorder().makePrimary(deed('s', second.key + 1))).toBeNull();
  });
});

describe('a player who is seen', () => {
  const seen = (name: string, number: number) =>
    recorder().playerSeen({
      ...{ guildId: GUILD, edition: 'java', name, uuid: uuid(number), now: START + MINUTE },
    });

  it('under a new name is followed by the UUID', async () => {
    await linked('1');
    expect(await seen('Steve', 1)).toMatchObject({ account: { name: 'Steve' }, before: null });
    expect(await seen('Stefan', 1)).toMatchObject({ account: { name: 'Stefan' }, before: 'Steve' });
    expect(await seen('Stefan', 1)).toMatchObject({ before: null });
    expect(await seen('Steve', 2)).toBeNull();
    expect(await reader().accountsByName(GUILD, 'java', 'STEFAN')).toHaveLength(1);
    expect(await reader().accountsByName(GUILD, 'java', 'Steve')).toEqual([]);
    expect(await events()).toMatchObject([
      { type: 'renamed', actorId: null, data: { from: 'Steve', to: 'Stefan' } },
      { type: 'linked' },
    ]);
  });
});

describe('looking accounts up', () => {
  const pages = async (more: {
    readonly userId?: string;
    readonly prefix?: string;
    readonly edition?: 'java' | 'bedrock';
  }) => {
    const seen: string[] = [];
    let after: number | null = null;
    do {
      const asked = { guildId: GUILD, limit: 2, ...more };
      const page = await reader().accounts(after === null ? asked : { ...asked, after });
      seen.push(...page.rows.map(({ name }) => name));
      after = page.next;
    } while (after !== null);
    return seen;
  };

  it('by how the name begins, in any case, and by user', async () => {
    const names = ['zed', 'Ab_1', 'ABC', 'ab', 'a_b', 'b', 'ab'];
    for (const [index, name] of names.entries()) {
      const userId = index % 2 === 0 ? OPENER : OTHER_USER;
      await linked(name + String(index), { player: player(name, index), userId });
    }
    await linked('bedrock', { player: { ...player('Äbc', 9), edition: 'bedrock' } });
    await linked('elsewhere', { guildId: OTHER_GUILD });
    expect(await pages({})).toEqual(['a_b', 'ab', 'ab', 'Ab_1', 'ABC', 'b', 'zed', 'Äbc']);
    expect(await pages({ prefix: 'AB' })).toEqual(['ab', 'ab', 'Ab_1', 'ABC']);
    expect(await pages({ prefix: 'a_' })).toEqual(['a_b']);
    expect(await pages({ prefix: '%' })).toEqual([]);
    expect(await pages({ prefix: '', edition: 'bedrock' })).toEqual(['Äbc']);
    expect(await pages({ prefix: 'äB' })).toEqual(['Äbc']);
    expect(await pages({ userId: OTHER_USER })).toEqual(['ab', 'Ab_1', 'b']);
    expect(await pages({ userId: OPENER, prefix: 'ab' })).toEqual(['ab', 'ABC']);
  });

  it('goes on after an account that was unlinked meanwhile', async () => {
    for (const [index, name] of ['a', 'b', 'c'].entries()) {
      await linked(name, { player: player(name, index) });
    }
    const page = await reader().accounts({ guildId: GUILD, limit: 2 });
    await recorder().unlink(unlinkOf('u', { accountKey: page.next ?? 0 }));
    const rest = await reader().accounts({ guildId: GUILD, limit: 2, after: page.next ?? 0 });
    expect(rest.rows.map(({ name }) => name)).toEqual(['c']);
    expect(rest.next).toBeNull();
  });

  it('shows the history of a user, or of an account, page by page', async () => {
    const keys: number[] = [];
    for (const index of [1, 2, 3]) {
      keys.push((await linked(`l${index}`, { player: player(`name${index}`, index) })).key);
    }
    const first = await reader().accountEvents({ guildId: GUILD, userId: OPENER, limit: 2 });
    expect(first.rows.map(({ accountKey }) => accountKey)).toEqual([keys[2], keys[1]]);
    const asked = { guildId: GUILD, userId: OPENER, limit: 2, before: first.next ?? 0 };
    expect(await reader().accountEvents(asked)).toMatchObject({
      ...{ rows: [{ accountKey: keys[0] }], next: null },
    });
    const one = { guildId: GUILD, accountKey: keys[1] ?? 0, limit: 5 };
    expect((await reader().accountEvents(one)).rows).toMatchObject([{ type: 'linked' }]);
    expect((await reader().accountEvents({ ...one, guildId: OTHER_GUILD })).rows).toEqual([]);
  });
});
