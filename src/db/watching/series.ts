import type { Knex } from 'knex';
import { z } from 'zod';
import { instant, iso, query } from './query';
import type {
  CheckRow,
  ExportPage,
  ExportQuery,
  PlayersPoint,
  SeriesPoint,
  SeriesQuery,
} from './reading';
import { causeSchema } from './rows';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

const FIGURES = `checks, failures, latency_p50, latency_p95, latency_p99,
  players_min, players_avg, players_max`;

/**
 * What is told of the checks of each stretch of `width`, as finished hours and days are stored as well: one
 * expression for both, so that they are equal.
 *
 * @param width an interval in SQL
 * @param where conditions on `server_checks`
 * @param instant the name of the column with the stretch's first instant
 */
export function aggregatedChecks(width: string, where: string, instant: string): string {
  return `
    select server_key, ${instant}, checks, failures,
      latency[1]::real as latency_p50, latency[2]::real as latency_p95, latency[3]::real as latency_p99,
      players_min, players_avg, players_max
    from (
      select server_key, date_bin(${width}, at, timestamptz '1970-01-01Z') as ${instant},
        count(*)::int as checks, count(cause)::int as failures,
        percentile_cont(array[0.5, 0.95, 0.99]) within group (order by latency_ms) as latency,
        min(players) as players_min, avg(players)::real as players_avg, max(players) as players_max
      from server_checks
      where ${where}
      group by 1, 2
    ) as stretches`;
}

/** The stored stretches, and those since then that are not finished, from the single checks. */
const STORED = {
  hour: stored({ table: 'server_hours', column: 'hour', task: 'hours', width: '1 hour' }),
  day: stored({ table: 'server_days', column: 'day', task: 'days', width: '24 hours' }),
};

function stored(step: {
  readonly table: string;
  readonly column: string;
  readonly task: string;
  readonly width: string;
}): string {
  const { table, column, task, width } = step;
  const until = `coalesce((select until from history_progress where task = '${task}'), '-infinity')`;
  return `
    select server_key, ${column} as at, ${FIGURES}
    from ${table}
    where server_key = any(:keys) and ${column} >= :from and ${column} < :to and ${column} < ${until}
    union all
    ${aggregatedChecks(
      `interval '${width}'`,
      `server_key = any(:keys) and at >= :from and at < :to and at >= ${until}`,
      'at',
    )}`;
}

const SINGLE = aggregatedChecks(
  `:step * interval '1 millisecond'`,
  'server_key = any(:keys) and at >= :from and at < :to',
  'at',
);

const point = z
  .object({
    server_key: z.number(),
    at: instant,
    checks: z.number(),
    failures: z.number(),
    latency_p50: z.number().nullable(),
    latency_p95: z.number().nullable(),
    latency_p99: z.number().nullable(),
    players_min: z.number().nullable(),
    players_avg: z.number().nullable(),
    players_max: z.number().nullable(),
  })
  .transform((row): SeriesPoint => {
    const { latency_p50: p50, latency_p95: p95, latency_p99: p99 } = row;
    const { players_min: min, players_avg: avg, players_max: max } = row;
    return {
      serverKey: row.server_key,
      at: row.at,
      checks: row.checks,
      failures: row.failures,
      latency: p50 === null || p95 === null || p99 === null ? null : { p50, p95, p99 },
      players: min === null || avg === null || max === null ? null : { min, avg, max },
    };
  });

/** @see WatchReader.series */
export async function series(knex: Knex, asked: SeriesQuery): Promise<SeriesPoint[]> {
  return query(
    knex,
    point,
    `${typeof asked.step === 'number' ? SINGLE : STORED[asked.step]} order by server_key, at`,
    seriesBindings(asked),
  );
}

/** @see WatchReader.playersTogether */
export async function playersTogether(
  knex: Knex,
  asked: SeriesQuery & { readonly step: number },
): Promise<PlayersPoint[]> {
  const rows = await query(
    knex,
    z.object({ at: instant, min: z.number(), avg: z.number(), max: z.number() }),
    `select at, sum(least)::float8 as min, sum(average)::float8 as avg, sum(most)::float8 as max
     from (
       select server_key, date_bin(:step * interval '1 millisecond', at, timestamptz '1970-01-01Z') as at,
         min(players) as least, avg(players) as average, max(players) as most
       from server_checks
       where server_key = any(:keys) and at >= :from and at < :to and players is not null
       group by 1, 2
     ) as stretches
     group by at order by at`,
    seriesBindings(asked),
  );
  return rows.map(({ at, ...players }) => ({ at, players }));
}

/** Only whole stretches that begin within the time: its ends are rounded up to where one begins. */
function seriesBindings({ serverKeys, from, to, step }: SeriesQuery) {
  const keys = [...serverKeys];
  if (typeof step === 'number') return { keys, from: iso(from), to: iso(to), step };
  const width = step === 'hour' ? HOUR_MS : DAY_MS;
  const begin = (at: number) => iso(Math.ceil(at / width) * width);
  return { keys, from: begin(from), to: begin(to) };
}

/** A page of stored hours or days, for export. */
export async function exportSeries(
  knex: Knex,
  step: 'hour' | 'day',
  asked: ExportQuery,
): Promise<ExportPage<SeriesPoint>> {
  const rows = await query(
    knex,
    point,
    `select * from (${STORED[step]}) as points order by at limit :limit`,
    {
      ...seriesBindings({ serverKeys: [asked.serverKey], from: begin(asked), to: asked.to, step }),
      limit: asked.limit + 1,
    },
  );
  return page(rows, asked.limit);
}

const check = z
  .object({
    at: instant,
    cause: causeSchema.nullable(),
    latency_ms: z.number().nullable(),
    players: z.number().nullable(),
  })
  .transform((row): CheckRow => ({
    at: row.at,
    cause: row.cause,
    latencyMs: row.latency_ms,
    players: row.players,
  }));

/** A page of single checks, for export. */
export async function exportChecks(knex: Knex, asked: ExportQuery): Promise<ExportPage<CheckRow>> {
  const rows = await query(
    knex,
    check,
    `select at, cause, latency_ms, players from server_checks
     where server_key = :key and at >= :from and at < :to order by at limit :limit`,
    {
      key: asked.serverKey,
      from: iso(begin(asked)),
      to: iso(asked.to),
      limit: asked.limit + 1,
    },
  );
  return page(rows, asked.limit);
}

const begin = ({ from, after }: ExportQuery) =>
  after === undefined ? from : Math.max(from, after + 1);

function page<Row extends { readonly at: number }>(
  rows: readonly Row[],
  limit: number,
): ExportPage<Row> {
  const shown = rows.slice(0, limit);
  return { rows: shown, next: rows.length > limit ? (shown.at(-1)?.at ?? null) : null };
}
