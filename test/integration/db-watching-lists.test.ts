import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { connect } from '../../src/db/connection';
import { createGuildRepository } from '../../src/db/guilds';
import { migrate } from '../../src/db/migrate';
import { createWatchReader, createWatchRecorder } from '../../src/db/watching';
import { GUILD, guildNamed, OTHER_GUILD } from '../contracts/case-fixtures';
import { DAY, HOUR, POLICY, settings, START } from '../contracts/watch-fixtures';
import { explainAll, type Step } from '../contracts/query-plans';
import { databaseUrl } from '../parts';

const SERVERS = 200;
const DAYS = 90;
const TODAY = Math.ceil(START / DAY) * DAY;
const NOW = TODAY + 2 * HOUR;
const BEGIN = TODAY - DAYS * DAY;

let knex: Knex;
let keys: number[];

/** A guild of many servers that were watched for long; each of them was down now and then. */
beforeAll(async () => {
  const url = await databaseUrl();
  await migrate(url);
  knex = connect(url, { applicationName: 'test', statementTimeoutMs: 60_000 });
  const recorder = createWatchRecorder(knex);
  for (const [guildId, count] of [
    [GUILD, SERVERS],
    [OTHER_GUILD, 1],
  ] as const) {
    await createGuildRepository(knex).apply(guildNamed('Anvil', guildId), guildId);
    const servers = Array.from({ length: count }, (_, index) => settings(`server-${index}`));
    await recorder.applyServers(guildId, 'file', servers, BEGIN);
  }
  await recorder.tidy(NOW, 60_000);
  const between = { first: 1, last: SERVERS, begin: new Date(BEGIN), today: new Date(TODAY) };
  keys = await knex('game_servers').where('guild_id', GUILD).orderBy('key').pluck<number[]>('key');
  await knex.transaction(async (transaction) => {
    // Without checking each row's server: they are all there.
    await transaction.raw('set local session_replication_role = replica');
    for (const [table, column, step, from] of [
      ['server_hours', 'hour', '1 hour', BEGIN],
      ['server_days', 'day', '24 hours', BEGIN],
      ['server_checks', 'at', '1 minute', TODAY - 12 * HOUR],
    ] as const) {
      const figures = table === 'server_checks' ? 'latency_ms, players' : 'checks, failures';
      await transaction.raw(
        `insert into ${table} (${column}, server_key, ${figures})
         select t, k, 10, 3 from generate_series(cast(:from as timestamptz),
           cast(:today as timestamptz) - interval '1 second', interval '${step}') as t,
           generate_series(cast(:first as int), :last) as k`,
        { ...between, from: new Date(from) },
      );
    }
  });
  await knex.raw(
    `update server_spans set ended_at = cast(:begin as timestamptz) + interval '1 second'`,
    between,
  );
  await knex.raw(
    `insert into server_spans (server_key, kind, started_at, ended_at)
     select k, case n % 2 when 0 then 'up' else 'down' end, at, lead(at, 1, 'infinity') over (
       partition by k order by at)
     from generate_series(cast(:first as int), :last) as k, generate_series(0, 60) as n,
       lateral (select cast(:begin as timestamptz) + interval '1 second' + n * interval '35 hours' as at)`,
    between,
  );
  await knex.raw(
    `with opened as (
       insert into incidents (id, guild_id, number, host, status, opened_at, recovered_at, policy)
       select 'i' || n, :guild, n, 'box', case when n % 500 = 0 then 'open' else 'recovered' end, at,
         case when n % 500 = 0 then null else at end, :policy
       from generate_series(1, 6000) as n,
         lateral (select cast(:begin as timestamptz) + n * interval '20 minutes' as at)
       returning *
     )
     insert into incident_servers (incident_id, server_key, started_at, ended_at, cause, incident_number)
     select id, number % :last + 1, opened_at, opened_at, 'refused', number from opened`,
    { ...between, guild: GUILD, policy: JSON.stringify(POLICY) },
  );
  await knex('history_progress').update({ until: new Date(TODAY) });
  await knex.raw('vacuum analyze');
}, 120_000);
afterAll(() => knex.destroy());

/** How many rows of these tables were looked at, those that were passed over included. */
function looked(plans: readonly Step[], table: RegExp): number {
  return plans
    .filter((step) => table.test(step['Relation Name'] ?? ''))
    .reduce(
      (sum, step) =>
        sum + (step['Actual Rows'] + (step['Rows Removed by Filter'] ?? 0)) * step['Actual Loops'],
      0,
    );
}

const scanned = (plans: readonly Step[]) =>
  plans
    .filter((step) => step['Node Type'] === 'Seq Scan' && step['Actual Rows'] > 0)
    .map((step) => step['Relation Name']);

describe(`${SERVERS} servers over ${DAYS} days`, () => {
  const reader = () => createWatchReader(knex);

  it('incidents are found in an index, a page at a time', async () => {
    for (const more of [{}, { before: 3_000 }, { publicOnly: true }, { open: true }]) {
      const plans = await explainAll(knex, () =>
        reader().incidents({ guildId: GUILD, limit: 10, ...more }),
      );
      expect(scanned(plans)).not.toContain('incidents');
      expect(looked(plans, /^incidents$/u)).toBeLessThan(100);
      expect(looked(plans, /^incident_servers$/u)).toBeLessThan(100);
    }
  });

  it('one server’s incidents are found without reading those of all others', async () => {
    const asked = { guildId: GUILD, serverKey: keys[50] ?? 0, limit: 10 };
    const page = await reader().incidents(asked);
    expect(page.incidents).toHaveLength(10);
    const plans = await explainAll(knex, () => reader().incidents(asked));
    expect(looked(plans, /^incident/u)).toBeLessThan(300);
  });

  it('uptime and days read no more spans than lie in the time', async () => {
    const [key = 0] = keys;
    const uptime = await explainAll(knex, () => reader().uptime([key], NOW));
    expect(looked(uptime, /^server_spans$/u)).toBeLessThan(62);
    expect(uptime.map((step) => step['Index Name'])).toContain('server_spans_by_end');
    const time = { from: NOW - DAY, to: NOW };
    const days = await explainAll(knex, () => reader().days(keys, time, NOW));
    expect(looked(days, /^server_spans$/u)).toBeLessThan(3 * SERVERS);
    const whole = await reader().days(keys, { from: NOW - DAYS * DAY, to: NOW }, NOW);
    expect(whole).toHaveLength(SERVERS * (DAYS + 1));
    const year = NOW + 275 * DAY;
    expect(await reader().days([key], { from: BEGIN, to: year }, year)).toHaveLength(366);
  });

  it('series read the servers and the time that are asked for, and only their partitions', async () => {
    const [key = 0, other = 0] = keys;
    const asked = { serverKeys: [key, other], from: NOW - 7 * DAY, to: NOW };
    const hours = await explainAll(knex, () => reader().series({ ...asked, step: 'hour' }));
    expect(looked(hours, /^server_hours/u)).toBe(2 * (7 * 24 - 2));
    expect(looked(hours, /^server_checks/u)).toBe(0);
    const days = await explainAll(knex, () => reader().series({ ...asked, step: 'day' }));
    expect(looked(days, /^server_days/u)).toBe(2 * 6);
    const checks = await explainAll(knex, () =>
      reader().series({ ...asked, from: TODAY - HOUR, step: 60_000 }),
    );
    expect(looked(checks, /^server_checks/u)).toBe(2 * 60);
    expect(new Set(scanned([...hours, ...days, ...checks]))).toEqual(new Set(['history_progress']));
  });
});
