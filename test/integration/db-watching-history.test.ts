import { beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  createWatchReader,
  createWatchRecorder,
  type SeriesPoint,
  type TimeByKind,
} from '../../src/db/watching';
import type { Check } from '../../src/domain/watching/check';
import { GUILD } from '../contracts/case-fixtures';
import {
  answered,
  concluded,
  DAY,
  everyServer,
  failed,
  HOUR,
  INTERVAL,
  MINUTE,
  POLICIES,
  round,
  SECOND,
  START,
  watchOnHosts,
} from '../contracts/watch-fixtures';
import { freshRecords } from '../contracts/fresh-records';

const records = freshRecords();
beforeEach(async () => {
  for (const parent of ['server_checks', 'server_hours']) {
    await records.knex.raw(`select drop_history_before(?, 'infinity')`, [parent]);
  }
});

const recorder = () => createWatchRecorder(records.knex);
const reader = () => createWatchReader(records.knex);
const tidy = (now: number) => recorder().tidy(now, 60_000);

/** @returns the servers' keys */
async function watch(...ids: readonly string[]): Promise<[number, ...number[]]> {
  await watchOnHosts(
    recorder(),
    ids.map((id) => [id]),
  );
  const servers = records.knex('game_servers').orderBy('key');
  const [first = 0, ...more] = await servers.pluck<number[]>('key');
  return [first, ...more];
}

/** Records checks as rounds do, whatever they say of the state. */
async function save(checks: (key: number) => readonly Check[]): Promise<void> {
  const results = (await everyServer(recorder())).map((due) =>
    concluded(due, { checks: checks(due.server.key) }),
  );
  await recorder().saveRound({ results, policies: POLICIES });
}

async function partitions(parent: string): Promise<string[]> {
  const { rows } = z.object({ rows: z.array(z.object({ name: z.string() })) }).parse(
    await records.knex.raw(
      `select inhrelid::regclass::text as name from pg_inherits
         where inhparent = ?::regclass order by 1`,
      [parent],
    ),
  );
  return rows.map(({ name }) => name);
}

/** A check each 10 minutes, with figures that tell it apart; each seventh fails. */
function manyChecks(key: number, from: number, to: number): Check[] {
  return Array.from({ length: Math.ceil((to - from) / (10 * MINUTE)) }, (_, index) => {
    const at = from + index * 10 * MINUTE;
    return (index + key) % 7 === 0
      ? failed(at)
      : answered(at, 5 + ((index * 37 + key) % 101), index % 5 === 0 ? null : index % 40);
  });
}

/** The stretches as plain arithmetic makes them. */
function expected(key: number, checks: readonly Check[], width: number): SeriesPoint[] {
  const stretches = new Map<number, Check[]>();
  for (const check of checks) {
    const at = Math.floor(check.at / width) * width;
    stretches.set(at, [...(stretches.get(at) ?? []), check]);
  }
  return [...stretches].map(([at, own]) => {
    const answers = own.flatMap(({ result }) => (result.up ? [result] : []));
    const latencies = answers.map(({ latencyMs }) => latencyMs).toSorted((a, b) => a - b);
    const players = answers.flatMap((answer) => answer.players ?? []);
    const percentile = (share: number) => {
      const place = share * (latencies.length - 1);
      const below = latencies[Math.floor(place)] ?? 0;
      const above = latencies[Math.ceil(place)] ?? 0;
      return Math.fround(below + (above - below) * (place - Math.floor(place)));
    };
    return {
      serverKey: key,
      at,
      checks: own.length,
      failures: own.length - answers.length,
      latency:
        latencies.length === 0
          ? null
          : { p50: percentile(0.5), p95: percentile(0.95), p99: percentile(0.99) },
      players:
        players.length === 0
          ? null
          : {
              min: Math.min(...players),
              avg: players.reduce((sum, count) => sum + count, 0) / players.length,
              max: Math.max(...players),
            },
    };
  });
}

/** Postgres keeps averages and percentiles in single precision. */
const rounded = (points: readonly SeriesPoint[]) =>
  points.map((point) => ({
    ...point,
    latency: point.latency && mapped(point.latency),
    players: point.players && mapped(point.players),
  }));
const mapped = (figures: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, value.toPrecision(5)]));

describe('the history', () => {
  const from = Math.ceil(START / DAY) * DAY;

  it('is the same from single checks, and rolled up into hours and days', async () => {
    const keys = await watch('survival', 'creative');
    const to = from + 30 * HOUR;
    await save((key) => manyChecks(key, from, to));
    const series = (step: 'hour' | 'day') =>
      reader().series({ serverKeys: keys, from, to: to + HOUR, step });
    const before = { hour: await series('hour'), day: await series('day') };
    for (const [step, width] of [
      ['hour', HOUR],
      ['day', DAY],
    ] as const) {
      expect(rounded(before[step])).toEqual(
        rounded(keys.flatMap((key) => expected(key, manyChecks(key, from, to), width))),
      );
    }
    expect(await tidy(to)).toMatchObject({
      finished: true,
      hoursUntil: to - HOUR,
      daysUntil: from + DAY,
    });
    expect(await records.knex('server_hours')).toHaveLength(2 * 29);
    expect(await records.knex('server_days')).toHaveLength(2);
    expect({ hour: await series('hour'), day: await series('day') }).toEqual(before);
    // Once more from the beginning, as after a crash: nothing changes.
    await records.knex('history_progress').update({ until: new Date(from), last_key: 0 });
    await tidy(to);
    expect({ hour: await series('hour'), day: await series('day') }).toEqual(before);
  });

  it('is rolled up portion by portion, and goes on where it stopped', async () => {
    const keys = await watch(...Array.from({ length: 250 }, (_, n) => `server-${n}`));
    await save((key) => manyChecks(key, from, from + 2 * HOUR));
    const now = from + 2 * HOUR + 30 * MINUTE;
    let calls = 0;
    for (let finished = false; !finished; calls += 1) {
      finished = (await recorder().tidy(now, 0))?.finished ?? false;
    }
    expect(calls).toBeGreaterThan(2);
    const asked = { serverKeys: keys, from, to: now, step: 'hour' } as const;
    expect(await records.knex('server_hours')).toHaveLength(500);
    expect(rounded(await reader().series(asked))).toEqual(
      rounded(keys.flatMap((key) => expected(key, manyChecks(key, from, from + 2 * HOUR), HOUR))),
    );
  });

  it('shows single checks in stretches of any length', async () => {
    const [key] = await watch('survival');
    await save(() => manyChecks(key, from, from + 5 * HOUR));
    const step = 30 * MINUTE;
    const asked = { serverKeys: [key], from, to: from + 3 * HOUR, step };
    expect(rounded(await reader().series(asked))).toEqual(
      rounded(expected(key, manyChecks(key, from, from + 3 * HOUR), step)),
    );
    expect(await reader().series({ ...asked, serverKeys: [] })).toEqual([]);
  });

  it('adds the players of several servers up', async () => {
    const [first] = await watch('survival', 'creative', 'silent');
    await save((key) =>
      [1, 2, 3, 61].map((minute) =>
        answered(from + minute * MINUTE, 5, key === first + 2 ? null : minute + key - first),
      ),
    );
    const serverKeys = [first, first + 1, first + 2];
    const asked = { serverKeys, from, to: from + 2 * HOUR, step: 30 * MINUTE };
    expect(await reader().playersTogether(asked)).toEqual([
      { at: from, players: { min: 3, avg: 5, max: 7 } },
      { at: from + HOUR, players: { min: 123, avg: 123, max: 123 } },
    ]);
  });

  it('keeps single checks 48 hours, hours 90 days and days for ever', async () => {
    const [key] = await watch('survival');
    await tidy(from);
    for (let day = 0; day < 4; day += 1) {
      const now = from + day * DAY;
      await save(() => manyChecks(0, now, now + DAY));
      await tidy(now + DAY);
    }
    const now = from + 4 * DAY;
    await tidy(now + 30 * MINUTE);
    const [oldest] = await records.knex('server_checks').min<{ min: Date }[]>('at');
    expect(oldest?.min.getTime()).toBe(now - 2 * DAY);
    const names = await partitions('server_checks');
    expect(names).toContain('server_checks_default');
    expect(names.length).toBeLessThan(8 + 1 + 8 + 2);
    expect(await records.knex('server_checks_default')).toEqual([]);
    expect(await records.knex('server_hours')).toHaveLength(96);

    await tidy(from + 104 * DAY);
    expect(await records.knex('server_checks')).toEqual([]);
    expect(await records.knex('server_hours')).toEqual([]);
    expect(await records.knex('server_days')).toHaveLength(4);
    const series = await reader().series({ serverKeys: [key], from, to: now, step: 'day' });
    const saved = [0, 1, 2, 3].flatMap((day) =>
      manyChecks(0, from + day * DAY, from + (day + 1) * DAY),
    );
    expect(rounded(series)).toEqual(rounded(expected(key, saved, DAY)));
  });

  it('takes checks whatever partitions are there, and puts them where they belong', async () => {
    const [key] = await watch('survival');
    const odd = [from - 400 * DAY, from, from + MINUTE, from + 900 * DAY];
    await save(() => odd.map((at) => answered(at)));
    expect(await records.knex('server_checks_default')).toHaveLength(4);
    await tidy(from + HOUR);
    expect(await partitions('server_checks')).toHaveLength(1 + 9);
    expect(await partitions('server_hours')).toHaveLength(1 + 3);
    const left = await records.knex('server_checks_default').orderBy('at').pluck<Date[]>('at');
    expect(left.map((at) => at.getTime())).toEqual([odd[3]]);
    expect(await records.knex('server_checks').where('server_key', key)).toHaveLength(3);
  });

  it('costs nothing more when it is tidy, and one of several does the work', async () => {
    const keys = await watch('survival', 'creative');
    await save((key) => manyChecks(key, from, from + 5 * HOUR));
    const now = from + 6 * HOUR;
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => tidy(now)));
    expect(outcomes.some((outcome) => outcome?.finished === true)).toBe(true);
    expect(await records.knex('server_hours')).toHaveLength(5 * keys.length);
    let statements = 0;
    records.knex.on('query', () => {
      statements += 1;
    });
    expect(await tidy(now + MINUTE)).toMatchObject({ partitionsMade: 0, partitionsDropped: 0 });
    records.knex.removeAllListeners('query');
    expect(statements).toBe(1);
  });

  it('waits for nobody who holds a table', async () => {
    await watch('survival');
    await records.knex.transaction(async (transaction) => {
      await transaction.raw('lock table server_checks in row exclusive mode');
      expect(await tidy(from)).toBeNull();
    });
    expect(await tidy(from)).toMatchObject({ finished: true, partitionsMade: 12 });
  });

  it('survives a clock that was put forward by weeks and back again', async () => {
    const [key] = await watch('survival');
    // Young by the database's own clock, which is right.
    const began = Math.floor(Date.now() / DAY) * DAY - 2 * DAY;
    await save(() => manyChecks(key, began, began + 3 * HOUR));
    await tidy(began + 4 * HOUR);
    const hours = await records.knex('server_hours').orderBy('hour');
    expect(hours).toHaveLength(3);

    const wrong = began + 120 * DAY;
    await save(() => [answered(wrong), answered(Date.now() - HOUR)]);
    await tidy(wrong + DAY);
    expect(await records.knex('server_hours').orderBy('hour')).toEqual(
      expect.arrayContaining(hours),
    );
    expect(
      await records.knex('server_checks').where('at', '>', new Date(Date.now() - DAY)),
    ).toHaveLength(2);

    // Back again: what comes now is rolled up, and what was made of all checks stays.
    await save(() => manyChecks(key, began + 4 * HOUR, began + 5 * HOUR));
    await records
      .knex('server_checks')
      .where('at', '<', new Date(began + HOUR / 2))
      .delete();
    const now = began + 5 * HOUR + 30 * MINUTE;
    await tidy(now);
    await records.knex('history_progress').update({ until: new Date(began), last_key: 0 });
    await tidy(now);
    const after = await records
      .knex('server_hours')
      .where('hour', '<', new Date(now))
      .orderBy('hour');
    expect(after.slice(0, 3)).toEqual(hours);
    expect(after).toHaveLength(4);
  });

  it('is exported page by page', async () => {
    const [key] = await watch('survival');
    await save(() => manyChecks(key, from, from + DAY));
    await tidy(from + 12 * HOUR);
    const asked = { serverKey: key, from, to: from + DAY, limit: 10 };
    const all = async <Row>(
      page: (after: object) => Promise<{ rows: readonly Row[]; next: number | null }>,
    ) => {
      const rows: Row[] = [];
      for (let next: number | null = -1; next !== null;) {
        const found = await page(next === -1 ? {} : { after: next });
        rows.push(...found.rows);
        next = found.next;
      }
      return rows;
    };
    const checks = await all((after) => reader().exportChecks({ ...asked, ...after }));
    expect(checks.map(({ at }) => at)).toEqual(
      manyChecks(key, from, from + DAY).map(({ at }) => at),
    );
    const hours = await all((after) => reader().exportHours({ ...asked, ...after }));
    expect(hours).toEqual(
      await reader().series({ serverKeys: [key], from, to: from + DAY, step: 'hour' }),
    );
    expect(hours).toHaveLength(24);
    const days = await all((after) => reader().exportDays({ ...asked, ...after }));
    expect(days).toHaveLength(1);
  });
});

const sum = (time: TimeByKind) => time.upMs + time.downMs + time.unknownMs + time.maintenanceMs;

describe('uptime', () => {
  const outage = (at: number) => [failed(at), failed(at + 4 * SECOND), failed(at + 8 * SECOND)];
  const NONE = { upMs: 0, downMs: 0, unknownMs: 0, maintenanceMs: 0 };

  it('is counted to the millisecond from the spans', async () => {
    const [key] = await watch('survival');
    await round(recorder(), () => [answered(START + HOUR)]);
    const down = START + 20 * HOUR;
    await round(recorder(), () => outage(down));
    await round(recorder(), () => [answered(down + 11_234), answered(down + 11_234 + INTERVAL)]);
    const now = down + 11_234 + INTERVAL + 1;
    const [row] = await reader().uptime([key], now);
    const life = { ...NONE, unknownMs: HOUR, downMs: 11_234, upMs: now - START - HOUR - 11_234 };
    expect(row).toEqual({ serverKey: key, day: life, week: life, month: life, quarter: life });
    const later = now + INTERVAL;
    const [days] = [await reader().days([key], { from: START - 90 * DAY, to: later }, later)];
    expect(days.map(({ day }) => day)).toEqual(
      [0, 1].map((day) => Math.floor(START / DAY) * DAY + day * DAY),
    );
    expect(days.reduce((total, day) => total + sum(day), 0)).toBe(later - START);
    expect(days[1]).toMatchObject({ downMs: 11_234, unknownMs: 0 });
    expect(days[0]).toEqual({
      ...{ ...NONE, serverKey: key, day: START - 12 * HOUR },
      ...{ unknownMs: HOUR, upMs: 11 * HOUR },
    });
  });

  it('looks back as far as is asked and no farther', async () => {
    const [key] = await watch('survival');
    await round(recorder(), () => [answered(START)]);
    await round(recorder(), () => outage(START + DAY));
    const back = START + 2 * DAY;
    await round(recorder(), () => [answered(back), answered(back + INTERVAL)]);
    const now = back + INTERVAL;
    const [row] = await reader().uptime([key], now);
    expect(row?.day).toEqual({ ...NONE, downMs: DAY - INTERVAL, upMs: INTERVAL });
    expect(row?.week).toMatchObject({ downMs: DAY, upMs: DAY + INTERVAL });
  });

  it('calls unknown what nobody looked at, without waiting for the next round', async () => {
    const [key, other] = await watch('survival', 'creative');
    const at = START + HOUR;
    await round(recorder(), () => [answered(at)]);
    const now = at + 3 * HOUR;
    await round(recorder(), ({ server }) => (server.key === other ? [answered(now)] : null));
    expect(await reader().server(GUILD, 'survival', at + INTERVAL)).toMatchObject({ status: 'up' });
    expect(await reader().server(GUILD, 'survival', now)).toMatchObject({
      status: 'unknown',
      since: at + INTERVAL,
      checkedAt: at,
    });
    expect(await reader().server(GUILD, 'creative', now)).toMatchObject({ status: 'up' });
    const [row] = await reader().uptime([key], now);
    expect(row?.day).toEqual({ ...NONE, upMs: INTERVAL, unknownMs: HOUR + 3 * HOUR - INTERVAL });
    const days = await reader().days([key], { from: START, to: now }, now);
    expect(days).toMatchObject([{ upMs: INTERVAL }]);
  });

  it('of nobody is nothing', async () => {
    await watch('survival');
    expect(await reader().uptime([], START)).toEqual([]);
    expect(await reader().uptime([999_999], START)).toEqual([]);
    expect(await reader().days([], { from: START, to: START + DAY }, START + DAY)).toEqual([]);
  });
});
