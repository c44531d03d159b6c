import { isNativeError } from 'node:util/types';
import type { Knex } from 'knex';
import { z } from 'zod';
import { execute, instant, iso, query } from './query';
import type { Tidied } from './recording';
import { aggregatedChecks } from './series';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

/** A round that began before the hour's end may be recorded so long after it. */
const LATE_MS = 10 * 60_000;

/** How long single checks and hours are kept. Days stay for ever. */
const KEEP_CHECKS_MS = 48 * HOUR_MS;
const KEEP_HOURS_MS = 90 * DAY_MS;

/** Partitions by the length of their time; so many are made ahead. */
const PARTITIONS = [
  { parent: 'server_checks', widthMs: 6 * HOUR_MS, ahead: 8 },
  { parent: 'server_hours', widthMs: WEEK_MS, ahead: 2 },
] as const;

/** What checks are rolled up into, and how much of it at once. */
const ROLL_UPS = {
  hours: {
    ...{ task: 'hours', table: 'server_hours', column: 'hour', width: '1 hour' },
    ...{ widthMs: HOUR_MS, servers: 100 },
  },
  days: {
    ...{ task: 'days', table: 'server_days', column: 'day', width: '24 hours' },
    ...{ widthMs: DAY_MS, servers: 20 },
  },
} as const;
type RollUp = (typeof ROLL_UPS)[keyof typeof ROLL_UPS];

/** Any number, the same in every process: who holds this lock tidies. */
const TIDY_LOCK = 7_345_203;

/** Another process holds the lock: it does the work. */
class TidiedByAnother extends Error {}

/**
 * @see HistoryRecorder.tidy
 *
 * Every step is a transaction of its own and may be repeated, so that it goes on where a killed process stopped.
 */
export async function tidy(knex: Knex, now: number, patienceMs: number): Promise<Tidied | null> {
  const enough = performance.now() + patienceMs;
  const patient = () => performance.now() < enough;
  try {
    const known = await readProgress(knex, now);
    const partitionsMade = known.partitions ? 0 : await makePartitions(knex, now);
    const hours = await rollUp(knex, ROLL_UPS.hours, { known: known.hours, now, patient });
    const days = await rollUp(knex, ROLL_UPS.days, { known: known.days, now, patient });
    const moved = hours.until !== known.hours?.until || days.until !== known.days?.until;
    const partitionsDropped = moved
      ? await dropOld(knex, now, Math.min(hours.until, days.until))
      : 0;
    const finished = hours.finished && days.finished;
    return {
      ...{ finished, hoursUntil: hours.until, daysUntil: days.until },
      ...{ partitionsMade, partitionsDropped },
    };
  } catch (error) {
    if (error instanceof TidiedByAnother || isLockTimeout(error)) return null;
    throw error;
  }
}

/** Somebody reads or writes the table for long. Tidying is not urgent: the next call goes on. */
function isLockTimeout(error: unknown): boolean {
  return isNativeError(error) && 'code' in error && error.code === '55P03';
}

async function alone<Outcome>(
  knex: Knex,
  step: (transaction: Knex) => Promise<Outcome>,
): Promise<Outcome> {
  return knex.transaction(async (transaction) => {
    const [lock] = await query(
      transaction,
      z.object({ held: z.boolean() }),
      'select pg_try_advisory_xact_lock(:lock) as held',
      { lock: TIDY_LOCK },
    );
    if (lock?.held !== true) throw new TidiedByAnother();
    return step(transaction);
  });
}

/** Everything before `until` is rolled up, and of the time after it the servers up to `lastKey`. */
interface Progress {
  readonly until: number;
  readonly lastKey: number;
}

const progressRow = z.object({
  hours_until: instant.nullable(),
  hours_key: z.number().nullable(),
  days_until: instant.nullable(),
  days_key: z.number().nullable(),
  partitions: z.boolean(),
});

/** Everything that there is to know before anything is done, in one small statement. */
async function readProgress(knex: Knex, now: number) {
  const farthest = PARTITIONS.map(({ parent, widthMs, ahead }) =>
    nameOf(parent, begin(now, widthMs) + ahead * widthMs),
  );
  const [found] = await query(
    knex,
    progressRow,
    `select h.until as hours_until, h.last_key as hours_key, d.until as days_until,
       d.last_key as days_key, p.partitions
     from (
       select bool_and(to_regclass(name) is not null) as partitions
       from unnest(cast(:names as text[])) as name
     ) as p
     left join history_progress h on h.task = 'hours'
     left join history_progress d on d.task = 'days'`,
    { names: farthest },
  );
  const progress = (until: number | null | undefined, lastKey: number | null | undefined) =>
    until == null || lastKey == null ? null : { until, lastKey };
  return {
    hours: progress(found?.hours_until, found?.hours_key),
    days: progress(found?.days_until, found?.days_key),
    partitions: found?.partitions ?? false,
  };
}

const begin = (at: number, widthMs: number) => Math.floor(at / widthMs) * widthMs;

/** As `make_history_partition` calls it. */
function nameOf(parent: string, from: number): string {
  const [date = '', time = ''] = iso(from).split('T');
  return `${parent}_${date.replaceAll('-', '')}t${time.slice(0, 2)}`;
}

async function rollUp(
  knex: Knex,
  how: RollUp,
  { known, now, patient }: { known: Progress | null; now: number; patient: () => boolean },
): Promise<{ readonly until: number; readonly finished: boolean }> {
  const target = begin(now - LATE_MS, how.widthMs);
  let { until, lastKey } = known ?? { until: await nextCheck(knex, how, null, target), lastKey: 0 };
  if (known === null || until > target) {
    // A clock that was put back: the time until then comes once more.
    until = Math.min(until, target);
    lastKey = 0;
    await alone(knex, (transaction) => remember(transaction, how, { until, lastKey }));
  }
  let found = lastKey > 0;
  // At least one portion, however little patience there is: it gets ahead with every call.
  for (let first = true; until < target && (first || patient()); first = false) {
    const end = until + how.widthMs;
    const keys = await nextServers(knex, [until, end], lastKey, how.servers);
    const last = keys.at(-1);
    if (last !== undefined) {
      found = (await rollServersUp(knex, how, keys, [until, end])) || found;
      lastKey = last;
      continue;
    }
    // Where nobody checked anything, perhaps for weeks, there is nothing to be done step by step.
    until = found ? end : await nextCheck(knex, how, end, target);
    lastKey = 0;
    found = false;
    await alone(knex, (transaction) => remember(transaction, how, { until, lastKey }));
  }
  return { until, finished: until >= target };
}

/** The step with the first check since then; the target, if there is none before it. */
async function nextCheck(
  knex: Knex,
  how: RollUp,
  since: number | null,
  target: number,
): Promise<number> {
  const [first] = await query(
    knex,
    z.object({ at: instant.nullable() }),
    'select min(at) as at from server_checks where at >= :since and at < :target',
    { since: since === null ? '-infinity' : iso(since), target: iso(target) },
  );
  return begin(first?.at ?? target, how.widthMs);
}

async function remember(knex: Knex, how: RollUp, { until, lastKey }: Progress): Promise<void> {
  await execute(
    knex,
    `insert into history_progress (task, until, last_key) values (:task, :until, :lastKey)
     on conflict (task) do update set until = excluded.until, last_key = excluded.last_key`,
    { task: how.task, until: iso(until), lastKey },
  );
}

/** The keys of some servers that lived in the time, in their order. */
async function nextServers(
  knex: Knex,
  [from, to]: readonly [number, number],
  after: number,
  most: number,
): Promise<number[]> {
  const rows = await query(
    knex,
    z.object({ key: z.number() }),
    `select key from game_servers
     where key > :after and added_at < :to and (removed_at is null or removed_at >= :from)
     order by key limit :most`,
    { from: iso(from), to: iso(to), after, most },
  );
  return rows.map(({ key }) => key);
}

/** @returns whether there was anything to roll up */
async function rollServersUp(
  knex: Knex,
  how: RollUp,
  keys: readonly number[],
  [from, to]: readonly [number, number],
): Promise<boolean> {
  const { table, column, width } = how;
  return alone(knex, async (transaction) => {
    const [counted] = await query(
      transaction,
      z.object({ stretches: z.number() }),
      // After a clock was put back some checks may be gone already: what was made of all of them stays.
      `with stretches as (
         ${aggregatedChecks(
           `interval '${width}'`,
           'server_key = any(:keys) and at >= :from and at < :to',
           column,
         )}
       ), stored as (
         insert into ${table} as known (server_key, ${column}, checks, failures,
           latency_p50, latency_p95, latency_p99, players_min, players_avg, players_max)
         select * from stretches
         on conflict (server_key, ${column}) do update set
           checks = excluded.checks, failures = excluded.failures,
           latency_p50 = excluded.latency_p50, latency_p95 = excluded.latency_p95,
           latency_p99 = excluded.latency_p99, players_min = excluded.players_min,
           players_avg = excluded.players_avg, players_max = excluded.players_max
         where excluded.checks >= known.checks
       )
       select count(*)::int as stretches from stretches`,
      { keys: [...keys], from: iso(from), to: iso(to) },
    );
    await remember(transaction, how, { until: from, lastKey: keys.at(-1) ?? 0 });
    return (counted?.stretches ?? 0) > 0;
  });
}

/**
 * The present one and some ahead. The farthest first: should it take too long to move to the present one what
 * came before it was made, the next ones are there in time nevertheless.
 */
async function makePartitions(knex: Knex, now: number): Promise<number> {
  let made = 0;
  for (const { parent, widthMs, ahead } of PARTITIONS) {
    for (let number = ahead; number >= 0; number -= 1) {
      const from = begin(now, widthMs) + number * widthMs;
      made += await alone(knex, async (transaction) => {
        await transaction.raw(`set local lock_timeout = '2s'`);
        const [partition] = await query(
          transaction,
          z.object({ made: z.boolean() }),
          'select make_history_partition(:parent, :from, :to) as made',
          { parent, from: iso(from), to: iso(from + widthMs) },
        );
        return partition?.made === true ? 1 : 0;
      });
    }
  }
  return made;
}

/**
 * Nothing is dropped before it was rolled up, and nothing that is young by the database's own clock: a worker's
 * clock that is years ahead must not cost the history.
 */
async function dropOld(knex: Knex, now: number, rolledUpUntil: number): Promise<number> {
  const checks = Math.min(now - KEEP_CHECKS_MS, rolledUpUntil);
  // Who was told has nothing to wait for any more.
  await knex('outage_subscriptions')
    .where('told_at', '<', new Date(now - KEEP_CHECKS_MS))
    .delete();
  return (
    (await drop(knex, 'server_checks', checks, KEEP_CHECKS_MS)) +
    (await drop(knex, 'server_hours', now - KEEP_HOURS_MS, KEEP_HOURS_MS))
  );
}

/** One table at a time: whoever reads from both never waits for us while we wait for them. */
async function drop(knex: Knex, parent: string, before: number, keepMs: number): Promise<number> {
  return alone(knex, async (transaction) => {
    await transaction.raw(`set local lock_timeout = '2s'`);
    const [dropped] = await query(
      transaction,
      z.object({ partitions: z.number() }),
      `select drop_history_before(:parent,
         least(:before, now() - :keepMs * interval '1 millisecond')) as partitions`,
      { parent, before: iso(before), keepMs },
    );
    return dropped?.partitions ?? 0;
  });
}
