import type { Knex } from 'knex';
import { z } from 'zod';
import { blindTime } from '../../domain/watching/blind-time';
import { observe } from '../../domain/watching/observe';
import type { SpanKind } from '../../domain/watching/server-state';
import { instant, iso, json, query } from './query';
import type { DayRow, TimeByKind, UptimeRow } from './reading';
import { SERVER_COLUMNS, serverRow } from './rows';

/**
 * How long servers were up, down, unknown and in maintenance. It is counted from the spans whenever it is asked
 * for, and stored nowhere: a span may begin before the check that confirms it, and a figure that was stored
 * meanwhile would be wrong.
 */

const DAY_MS = 86_400_000;

/** The periods of `UptimeRow` in days. */
const PERIODS = { day: 1, week: 7, month: 30, quarter: 90 } as const;
type Period = keyof typeof PERIODS;

type Sums = { -readonly [Part in keyof TimeByKind]: number };

const PART: Readonly<Record<SpanKind, keyof TimeByKind>> = {
  up: 'upMs',
  down: 'downMs',
  unknown: 'unknownMs',
  maintenance: 'maintenanceMs',
};

const none = (): Sums => ({ upMs: 0, downMs: 0, unknownMs: 0, maintenanceMs: 0 });

/**
 * The spans that touch the time from `:since` to `:now`, the present one until `:now`. Where nobody checks at
 * the moment, what follows is unknown (`:blind`).
 */
const SPANS = `
  blind as (select * from jsonb_to_recordset(:blind) as blind (key int, since timestamptz)),
  spans as (
    select s.server_key, s.kind, s.started_at,
      case when s.ended_at = 'infinity' then coalesce(b.since, :now) else least(s.ended_at, :now) end
        as ended_at
    from server_spans s left join blind b on b.key = s.server_key
    where s.server_key = any(:keys) and s.ended_at > :since and s.started_at < :now
    union all
    select b.key, 'unknown', b.since, cast(:now as timestamptz) from blind b
  )`;

const spentSchema = {
  server_key: z.number(),
  kind: z.enum(['up', 'down', 'unknown', 'maintenance']),
  ms: z.number(),
};

const MS = (from: string, to: string) =>
  `sum(greatest(0, round(extract(epoch from (${to}) - (${from})) * 1000)))::float8 as ms`;

/** @see WatchReader.uptime */
export async function uptime(
  knex: Knex,
  serverKeys: readonly number[],
  now: number,
): Promise<UptimeRow[]> {
  const periods = Object.entries(PERIODS).map(([period, days]) => ({
    period,
    since: iso(now - days * DAY_MS),
  }));
  const spent = await query(
    knex,
    z.object({ ...spentSchema, period: z.enum(['day', 'week', 'month', 'quarter']) }),
    `with ${SPANS},
     periods as (select * from jsonb_to_recordset(:periods) as p (period text, since timestamptz))
     select server_key, period, kind,
       ${MS('greatest(started_at, p.since)', 'ended_at')}
     from spans join periods p on ended_at > p.since
     group by server_key, period, kind`,
    {
      ...(await bindings(knex, serverKeys, now - PERIODS.quarter * DAY_MS, now)),
      periods: json(periods),
    },
  );
  const servers = new Map<number, Record<Period, Sums>>();
  for (const { server_key: key, period, kind, ms } of spent) {
    const row = servers.get(key) ?? { day: none(), week: none(), month: none(), quarter: none() };
    servers.set(key, row);
    row[period][PART[kind]] += ms;
  }
  return [...servers].map(([serverKey, row]) => ({ serverKey, ...row }));
}

/** @see WatchReader.days */
export async function days(
  knex: Knex,
  serverKeys: readonly number[],
  time: { readonly from: number; readonly to: number },
  now: number,
): Promise<DayRow[]> {
  const from = Math.floor(time.from / DAY_MS) * DAY_MS;
  const to = Math.min(Math.ceil(time.to / DAY_MS) * DAY_MS, now);
  if (to <= from) return [];
  const spent = await query(
    knex,
    z.object({ ...spentSchema, day: instant }),
    `with ${SPANS}
     select server_key, day, kind,
       ${MS('greatest(started_at, day)', `least(ended_at, day + interval '24 hours', :to)`)}
     from spans, generate_series(
       date_trunc('day', greatest(started_at, :since), 'UTC'),
       least(ended_at, :to) - interval '1 microsecond', interval '24 hours') as day
     group by server_key, day, kind
     order by server_key, day`,
    { ...(await bindings(knex, serverKeys, from, now)), to: iso(to) },
  );
  const rows = new Map<string, Sums & { readonly serverKey: number; readonly day: number }>();
  for (const { server_key: serverKey, day, kind, ms } of spent) {
    const name = `${serverKey} ${day}`;
    const row = rows.get(name) ?? { serverKey, day, ...none() };
    rows.set(name, row);
    row[PART[kind]] += ms;
  }
  return [...rows.values()];
}

async function bindings(knex: Knex, serverKeys: readonly number[], since: number, now: number) {
  return {
    keys: [...serverKeys],
    since: iso(since),
    now: iso(now),
    blind: json(await blindServers(knex, serverKeys, now)),
  };
}

/** The servers that nobody checks at the moment, though they should be: since when we know nothing. */
async function blindServers(knex: Knex, serverKeys: readonly number[], now: number) {
  const rows = await query(
    knex,
    serverRow,
    // A check speaks for one interval; the rest of the rule is the domain's.
    `${SERVER_COLUMNS}
     where t.server_key = any(:keys)
       and t.checked_at + (s.definition ->> 'intervalMs')::int * interval '1 millisecond' < :now`,
    { keys: [...serverKeys], now: iso(now) },
  );
  return rows.flatMap(({ server, state }) => {
    const blind = blindTime(state.checkedAt, server.intervalMs, now);
    if (blind === null) return [];
    const lost = observe(state, server.thresholds, { type: 'blind', ...blind }).state;
    return lost.kind === state.kind ? [] : [{ key: server.key, since: iso(lost.since) }];
  });
}
