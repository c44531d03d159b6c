import type { Knex } from 'knex';
import { z } from 'zod';
import { blindTime } from '../../domain/watching/blind-time';
import { observe } from '../../domain/watching/observe';
import { uptimeOf, type Span } from '../../domain/watching/uptime';
import { iso, query } from './query';
import type { DayRow, TimeByKind, UptimeRow } from './reading';
import { SERVER_COLUMNS, serverRow } from './rows';

/**
 * How long servers were up, down, unknown and in maintenance. It is counted from the spans whenever it is asked
 * for, and stored nowhere: a span may begin before the check that confirms it, and a figure that was stored
 * meanwhile would be wrong.
 */

const DAY_MS = 86_400_000;

/** @see WatchReader.uptime */
export async function uptime(
  knex: Knex,
  serverKeys: readonly number[],
  now: number,
): Promise<UptimeRow[]> {
  const lives = await spansSince(knex, serverKeys, now - 90 * DAY_MS, now);
  return [...lives].map(([serverKey, spans]) => {
    const last = (days: number) => spent(spans, now - days * DAY_MS, now);
    return { serverKey, day: last(1), week: last(7), month: last(30), quarter: last(90) };
  });
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
  const lives = await spansSince(knex, serverKeys, from, now);
  return [...lives].flatMap(([serverKey, spans]) => daysOf(serverKey, spans, from, to));
}

/** @param spans in their order */
function daysOf(serverKey: number, spans: readonly Span[], from: number, to: number): DayRow[] {
  const rows: DayRow[] = [];
  let first = 0;
  for (let day = from; day < to; day += DAY_MS) {
    const end = Math.min(day + DAY_MS, to);
    while ((spans[first]?.to ?? Infinity) <= day) first += 1;
    let after = first;
    while ((spans[after]?.from ?? Infinity) < end) after += 1;
    if (after > first) rows.push({ serverKey, day, ...spent(spans.slice(first, after), day, end) });
  }
  return rows;
}

function spent(spans: readonly Span[], from: number, to: number): TimeByKind {
  const { upMs, downMs, unknownMs, maintenanceMs } = uptimeOf(spans, { from, to });
  return { upMs, downMs, unknownMs, maintenanceMs };
}

const spanRow = z.object({
  key: z.number(),
  kind: z.enum(['up', 'down', 'unknown', 'maintenance']),
  from: z.number(),
  to: z.number().nullable(),
});

/** By server and in their order, those that go on after `since`; where nobody checks now, it ends in `unknown`. */
async function spansSince(
  knex: Knex,
  serverKeys: readonly number[],
  since: number,
  now: number,
): Promise<ReadonlyMap<number, readonly Span[]>> {
  const [rows, blind] = await Promise.all([
    query(knex, spanRow, SPANS, { keys: [...serverKeys], since: iso(since), now: iso(now) }),
    blindServers(knex, serverKeys, now),
  ]);
  const lives = new Map<number, Span[]>();
  for (const { key, kind, from, to } of rows) {
    const spans = lives.get(key) ?? [];
    lives.set(key, spans);
    const lost = to === null ? blind.get(key) : undefined;
    if (lost === undefined) {
      spans.push({ kind, from, to });
    } else {
      spans.push({ kind, from, to: lost }, { kind: 'unknown', from: lost, to: null });
    }
  }
  return lives;
}

/** As numbers: thousands of dates would take longer to read than the spans themselves. */
const SPANS = `
  select server_key as key, kind,
    round(extract(epoch from started_at) * 1000)::float8 as from,
    case when ended_at < 'infinity' then round(extract(epoch from ended_at) * 1000)::float8 end as to
  from server_spans
  where server_key = any(:keys) and ended_at > :since and started_at < :now
  order by server_key, ended_at`;

/** The servers that nobody checks at the moment, though they should be: since when we know nothing. */
async function blindServers(
  knex: Knex,
  serverKeys: readonly number[],
  now: number,
): Promise<ReadonlyMap<number, number>> {
  const rows = await query(
    knex,
    serverRow,
    // A check speaks for one interval; the rest of the rule is the domain's.
    `${SERVER_COLUMNS}
     where t.server_key = any(:keys)
       and t.checked_at + (s.definition ->> 'intervalMs')::int * interval '1 millisecond' < :now`,
    { keys: [...serverKeys], now: iso(now) },
  );
  const since = new Map<number, number>();
  for (const { server, state } of rows) {
    const blind = blindTime(state.checkedAt, server.intervalMs, now);
    if (blind === null) continue;
    const lost = observe(state, server.thresholds, { type: 'blind', ...blind }).state;
    if (lost.kind !== state.kind) since.set(server.key, lost.since);
  }
  return since;
}
