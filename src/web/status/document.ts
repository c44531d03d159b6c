import { z } from 'zod';
import { FAILURE_CAUSES } from '../../domain/watching/check';
import {
  UPTIME_WINDOWS,
  type GuildFigures,
  type HistoryPoint,
  type IncidentFigures,
  type ServerFigures,
} from './figures';

/** The JSON documents of the public interface: their schemas, which `/openapi.json` shows, and how they are made. */

/** The schemas by the names that `/openapi.json` gives them. */
export const schemas = z.registry<{ id: string }>();

const STATUSES = [
  'up',
  'suspect',
  'down',
  'recovering',
  'flapping',
  'unknown',
  'maintenance',
] as const satisfies readonly ServerFigures['status'][];

const instant = z.iso.datetime().describe('UTC, RFC 3339.');
const count = z.int().min(0);
const share = z.number().min(0).max(1);
const milliseconds = z.number().min(0).describe('Milliseconds.');

const uptime = z
  .object({
    uptime: share
      .nullable()
      .describe('Of the time that was seen and not under maintenance; null: none was.'),
    coverage: share.describe('How much of the time since it is watched was seen.'),
  })
  .register(schemas, { id: 'Uptime' });

const spent = {
  upMs: milliseconds,
  downMs: milliseconds,
  unknownMs: milliseconds.describe('Milliseconds in which we could not see the server.'),
  maintenanceMs: milliseconds,
};

const affected = z.object({
  name: z.string(),
  since: instant.describe('The first failure.'),
  until: instant.nullable().describe('The first answer after it; null: still down.'),
  cause: z.enum(FAILURE_CAUSES),
  unknownMs: milliseconds,
});

const incident = z
  .object({
    number: z.int().min(1),
    openedAt: instant,
    recoveredAt: instant.nullable(),
    servers: z.array(affected),
    updates: z
      .array(
        z.object({
          at: instant,
          type: z.enum([
            'down',
            'cause',
            'up',
            'removed',
            'flapping',
            'settled',
            'acknowledged',
            'recovered',
          ]),
          server: z.string().optional(),
          cause: z.enum(FAILURE_CAUSES).optional(),
        }),
      )
      .describe('Oldest first.'),
  })
  .register(schemas, { id: 'StatusIncident' });

const server = z
  .object({
    id: z.string(),
    name: z.string(),
    status: z.enum(STATUSES),
    since: instant.describe('Since when the status holds.'),
    cause: z.enum(FAILURE_CAUSES).nullable(),
    checkedAt: instant.nullable(),
    players: count.nullable(),
    maxPlayers: count.nullable(),
    latencyMs: milliseconds.nullable(),
    version: z.string().nullable().describe('As the server calls it: text from outside.'),
    motd: z.string().nullable().describe('As the server calls itself: text from outside.'),
    uptime: z.record(z.enum(UPTIME_WINDOWS), uptime),
    days: z
      .array(z.object({ day: z.iso.date(), ...spent }))
      .describe('The last 90 days of UTC, oldest first; those before it was watched are absent.'),
  })
  .register(schemas, { id: 'StatusServer' });

/** `GET /status/<slug>.json`. */
export const statusDocument = z
  .object({
    guild: z.object({ slug: z.string(), name: z.string() }),
    readAt: instant.describe('When these figures were read.'),
    stale: z.boolean().describe('Whether they are old, because the records cannot be reached.'),
    servers: z.array(server),
    openIncidents: z.array(incident),
    pastIncidents: z.array(incident).describe('The newest ones, newest first.'),
    maintenance: z.array(
      z.object({
        title: z.string(),
        from: instant,
        until: instant,
        servers: z.array(z.string()).describe('Ids.'),
      }),
    ),
  })
  .register(schemas, { id: 'Status' });

/** `GET /status/<slug>/<server id>.json`. */
export const historyDocument = z
  .object({
    server: z.object({ id: z.string(), name: z.string() }),
    from: instant,
    to: instant.describe('Exclusive.'),
    step: z.enum(['hour', 'day']),
    points: z
      .array(
        z.object({
          at: instant.describe("The step's beginning."),
          checks: count,
          failures: count,
          latencyP50Ms: milliseconds.nullable(),
          latencyP95Ms: milliseconds.nullable(),
          latencyP99Ms: milliseconds.nullable(),
          playersLeast: count.nullable(),
          playersAverage: z.number().min(0).nullable(),
          playersMost: count.nullable(),
          upMs: milliseconds.nullable().describe('Milliseconds; of whole days alone.'),
          downMs: milliseconds.nullable(),
          unknownMs: milliseconds.nullable(),
          maintenanceMs: milliseconds.nullable(),
        }),
      )
      .describe('Oldest first; steps without figures are absent.'),
  })
  .register(schemas, { id: 'ServerHistory' });

export type StatusDocument = z.infer<typeof statusDocument>;
export type HistoryDocument = z.infer<typeof historyDocument>;
export type HistoryRow = HistoryDocument['points'][number];

/** Figures are measured, not computed: more digits than these say nothing. */
const rounded = (value: number | null | undefined): number | null =>
  value == null ? null : Math.round(value * 100) / 100;

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

export function statusOf(
  { page, readAt, servers, open, past, maintenance }: GuildFigures,
  stale: boolean,
): StatusDocument {
  return {
    guild: { slug: page.slug, name: page.name },
    readAt: iso(readAt),
    stale,
    servers: servers.map((server) => ({
      id: server.id,
      name: server.name,
      status: server.status,
      since: iso(server.since),
      cause: server.cause,
      checkedAt: isoOrNull(server.checkedAt),
      players: server.players,
      maxPlayers: server.maxPlayers,
      latencyMs: rounded(server.latencyMs),
      version: server.version,
      motd: server.motd,
      uptime: server.uptime,
      days: [...server.days],
    })),
    openIncidents: open.map(incidentOf),
    pastIncidents: past.incidents.map(incidentOf),
    maintenance: maintenance.map(({ title, from, until, servers: those }) => ({
      title,
      from: iso(from),
      until: iso(until),
      servers: those.map(({ id }) => id),
    })),
  };
}

const incidentOf = ({ number, openedAt, recoveredAt, servers, updates }: IncidentFigures) => ({
  number,
  openedAt: iso(openedAt),
  recoveredAt: isoOrNull(recoveredAt),
  servers: servers.map(({ name, since, until, cause, unknownMs }) => ({
    name,
    since: iso(since),
    until: isoOrNull(until),
    cause,
    unknownMs,
  })),
  updates: updates.map(({ at, ...rest }) => ({ ...rest, at: iso(at) })),
});

/** A step's figures in one flat row, as exports have it. */
export function historyRow({
  at,
  checks,
  failures,
  latency,
  players,
  spent,
}: HistoryPoint): HistoryRow {
  return {
    at: iso(at),
    checks,
    failures,
    latencyP50Ms: rounded(latency?.p50),
    latencyP95Ms: rounded(latency?.p95),
    latencyP99Ms: rounded(latency?.p99),
    playersLeast: players?.min ?? null,
    playersAverage: rounded(players?.avg),
    playersMost: players?.max ?? null,
    upMs: spent?.upMs ?? null,
    downMs: spent?.downMs ?? null,
    unknownMs: spent?.unknownMs ?? null,
    maintenanceMs: spent?.maintenanceMs ?? null,
  };
}
