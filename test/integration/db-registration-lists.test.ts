import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { connect } from '../../src/db/connection';
import { createGuildRepository } from '../../src/db/guilds';
import { migrate } from '../../src/db/migrate';
import { createRegistrationReader } from '../../src/db/registration';
import { createWatchRecorder } from '../../src/db/watching';
import { GUILD, guildNamed, OTHER_GUILD } from '../contracts/case-fixtures';
import { DAY, settings, START } from '../contracts/watch-fixtures';
import { explainAll, type Step } from '../contracts/query-plans';
import { databaseUrl } from '../parts';

const ACCOUNTS = 50_000;
const USERS = 20_000;
const REGISTRATIONS = 50_000;

const USER = '10042';

let knex: Knex;

/** A guild of some years: many accounts, and as many attempts, nearly all of which are over. */
beforeAll(async () => {
  const url = await databaseUrl();
  await migrate(url);
  knex = connect(url, { applicationName: 'test', statementTimeoutMs: 60_000 });
  for (const guildId of [GUILD, OTHER_GUILD]) {
    await createGuildRepository(knex).apply(guildNamed('Anvil', guildId), guildId);
  }
  const servers = [settings('survival'), settings('creative')];
  await createWatchRecorder(knex).applyServers(GUILD, 'file', servers, START);
  const counts = { guild: GUILD, accounts: ACCOUNTS, users: USERS, attempts: REGISTRATIONS };
  await knex.transaction(async (transaction) => {
    // Without checking each row's guild and account: they are all there.
    await transaction.raw('set local session_replication_role = replica');
    await transaction.raw(
      `with added as (
         insert into accounts (guild_id, user_id, edition, name, name_lower, uuid, is_primary, linked_at,
           unlinked_at)
         select :guild, (10000 + n % :users)::text, 'java', 'P' || md5(n::text), 'p' || md5(n::text),
           gen_random_uuid()::text, n <= :users, at, case when n % 10 = 0 and n > :users then at end
         from generate_series(1, cast(:accounts as int)) as n,
           lateral (select timestamptz '2025-01-01Z' + n * interval '10 minutes' as at)
         returning *
       ), told as (
         insert into account_events (guild_id, account_key, user_id, type, at, operation)
         select guild_id, key, user_id, 'linked', linked_at, 'link ' || key from added
       )
       insert into whitelist_entries (server_key, account_key, edition, name, uuid, wanted, wanted_at,
         applied_version)
       select s.key, a.key, a.edition, a.name, a.uuid, true, linked_at, 0
       from added a, game_servers s where unlinked_at is null`,
      counts,
    );
    await transaction.raw(
      `with begun as (
         insert into registrations (id, guild_id, user_id, edition, name, name_lower, status, code_hash,
           started_at, ends_at, ended_at)
         select 'registration-' || n, :guild, (10000 + n % :users)::text, 'java',
           'P' || md5((n / 5)::text), 'p' || md5((n / 5)::text),
           case when open then 'waiting' else 'timed-out' end, case when open then 'hash' end,
           at, at, case when open then null else at end
         from generate_series(1, cast(:attempts as int)) as n,
           lateral (select timestamptz '2025-01-01Z' + n * interval '10 minutes' as at,
             n % 250 = 0 as open)
         returning *
       )
       insert into registration_events (registration_id, started_at, seq, type, at, data)
       select id, started_at, seq, 'wrong-code', started_at, '{}'
       from begun, generate_series(1, 3) as seq`,
      counts,
    );
  });
  // All but the last ones are known to the servers.
  await knex.raw(
    `update whitelist_entries set applied_version = version where account_key % 500 <> 0`,
  );
  await knex.raw('vacuum analyze');
}, 120_000);
afterAll(() => knex.destroy());

const OF_ISSUE =
  /^(?:accounts|account_events|registrations|registration_events|whitelist_entries)$/u;

/** How many rows of the large tables were looked at, those that were passed over included. */
function looked(plans: readonly Step[]): number {
  return plans
    .filter((step) => OF_ISSUE.test(step['Relation Name'] ?? ''))
    .reduce(
      (sum, step) =>
        sum + (step['Actual Rows'] + (step['Rows Removed by Filter'] ?? 0)) * step['Actual Loops'],
      0,
    );
}

const kinds = (plans: readonly Step[], table: string) =>
  new Set(plans.filter((step) => step['Relation Name'] === table).map((step) => step['Node Type']));

describe(`lists among ${ACCOUNTS} accounts and ${REGISTRATIONS} registrations`, () => {
  const reader = () => createRegistrationReader(knex);
  const page = { guildId: GUILD, limit: 10 };

  it.each([
    ['all accounts', page],
    ['names that begin so', { ...page, prefix: 'PAB' }],
    ['a user’s accounts', { ...page, userId: USER }],
    ['a page in the middle', { ...page, after: 25_001 }],
    ['a page in the middle of a prefix', { ...page, prefix: 'p', after: 25_001 }],
    ['Java’s accounts', { ...page, edition: 'java' as const }],
  ])('%s are found in an index alone', async (_what, query) => {
    const { rows } = await reader().accounts(query);
    expect(rows.length).toBeGreaterThan(1);
    const plans = await explainAll(knex, () => reader().accounts(query));
    // The one row beside is that of the account after which the page begins.
    expect(kinds(plans, 'accounts')).toContain('Index Only Scan');
    expect(kinds(plans, 'accounts')).not.toContain('Seq Scan');
    expect(looked(plans)).toBeLessThan(20);
  });

  it('one account is found by its user, its UUID, its name', async () => {
    const [account] = (await reader().accounts(page)).rows;
    if (account?.uuid === undefined || account.uuid === null) throw new Error('There is none.');
    const { userId, uuid, name, key } = account;
    for (const read of [
      () => reader().accountsOf(GUILD, userId),
      () => reader().accountByUuid(GUILD, 'java', uuid),
      () => reader().accountsByName(GUILD, 'java', name.toUpperCase()),
      () => reader().account(GUILD, key),
    ]) {
      const plans = await explainAll(knex, read);
      expect(kinds(plans, 'accounts')).not.toContain('Seq Scan');
      expect(looked(plans)).toBeLessThan(10);
    }
  });

  it('histories are found for a user and for an account', async () => {
    for (const whose of [{ userId: USER }, { accountKey: 25_001 }]) {
      const plans = await explainAll(knex, () => reader().accountEvents({ ...page, ...whose }));
      expect(kinds(plans, 'account_events')).toEqual(new Set(['Index Scan']));
      expect(looked(plans)).toBeLessThan(10);
    }
    const plans = await explainAll(knex, () => reader().registrationEvents('registration-25000'));
    expect(looked(plans)).toBe(3);
  });

  it.each([
    ['all registrations', page],
    ['those of a user', { ...page, userId: USER }],
    ['those that go on', { ...page, open: true }],
    ['those of a user that go on', { ...page, userId: USER, open: true }],
    ['a page in the middle', { ...page, before: 25_000 }],
  ])('%s are found in an index, a page at a time', async (_what, query) => {
    const plans = await explainAll(knex, () => reader().registrations(query));
    expect(kinds(plans, 'registrations')).not.toContain('Seq Scan');
    expect(looked(plans)).toBeLessThan(50);
  });

  it('what is pending is found in an index alone, by name and for a whole server', async () => {
    const asked = { ...page, edition: 'java' as const };
    const { registrations } = await reader().pending(asked);
    expect(registrations).toHaveLength(10);
    const after = registrations.at(-1);
    if (after === undefined) throw new Error('There is none.');
    for (const read of [
      () => reader().pending(asked),
      () => reader().pending({ ...asked, after }),
      () => reader().pendingByName(GUILD, 'java', after.name),
    ]) {
      const plans = await explainAll(knex, read);
      expect(kinds(plans, 'registrations')).toEqual(new Set(['Index Only Scan']));
      expect(plans.map((step) => step['Index Name'])).toContain('registrations_pending');
      expect(looked(plans)).toBeLessThan(20);
    }
    const ended = await explainAll(knex, () => reader().endedByName(GUILD, 'java', after.name, 0));
    expect(looked(ended)).toBeLessThan(20);
  });

  it('where somebody stands is a look into three indexes', async () => {
    const plans = await explainAll(knex, () =>
      reader().standing({
        ...{ registrationId: 'registration-25000', guildId: GUILD, userId: USER, edition: 'java' },
        ...{ name: 'Steve', startedAt: START + DAY, wrongSince: 0, now: START + DAY },
      }),
    );
    expect([...kinds(plans, 'accounts'), ...kinds(plans, 'registration_events')]).not.toContain(
      'Seq Scan',
    );
    expect(looked(plans)).toBeLessThan(20);
  });

  it('what a server is to be told is found without reading what it knows', async () => {
    const place = { guildId: GUILD, serverId: 'survival' };
    expect(await reader().countWhitelistPending(place)).toBeLessThan(200);
    const pending = await explainAll(knex, () =>
      reader().whitelistPending({ ...place, limit: 10 }),
    );
    expect(pending.map((step) => step['Index Name'])).toContain('whitelist_pending');
    expect(looked(pending)).toBeLessThan(50);
    expect(
      looked(await explainAll(knex, () => reader().countWhitelistPending(place))),
    ).toBeLessThan(200);
    for (const after of [0, 25_000]) {
      const whole = await explainAll(knex, () =>
        reader().whitelist({ ...place, after, limit: 10 }),
      );
      expect(kinds(whole, 'whitelist_entries')).not.toContain('Seq Scan');
      expect(looked(whole)).toBeLessThan(50);
    }
  });
});
