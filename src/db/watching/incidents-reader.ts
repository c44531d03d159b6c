import type { Knex } from 'knex';
import { z } from 'zod';
import { instant, iso, query, whole } from './query';
import type {
  DowntimeRow,
  ExportPage,
  ExportQuery,
  IncidentHistoryEntry,
  IncidentPage,
  IncidentQuery,
  IncidentRow,
  MessagePlace,
} from './reading';
import { causeSchema } from './rows';

const incidentRow = z.object({
  id: z.string(),
  guild_id: z.string(),
  number: z.number(),
  host: z.string(),
  status: z.enum(['open', 'acknowledged', 'recovered']),
  opened_at: instant,
  recovered_at: instant.nullable(),
  acknowledged_at: instant.nullable(),
  acknowledged_by: z.string().nullable(),
  raised_at: instant.nullable(),
  flapping: z.boolean(),
  alert_channel_id: z.string().nullable(),
  alert_message_id: z.string().nullable(),
  public_channel_id: z.string().nullable(),
  public_message_id: z.string().nullable(),
});

const downtimeRow = z
  .object({
    incident_id: z.string(),
    server_key: z.number(),
    name: z.string(),
    is_public: z.boolean(),
    started_at: instant,
    ended_at: instant.nullable(),
    cause: causeSchema,
    unknown_ms: whole,
  })
  .transform((row) => ({
    incidentId: row.incident_id,
    downtime: {
      serverKey: row.server_key,
      name: row.name,
      isPublic: row.is_public,
      since: row.started_at,
      until: row.ended_at,
      cause: row.cause,
      unknownMs: row.unknown_ms,
    } satisfies DowntimeRow,
  }));

const DOWNTIMES = `
  select d.incident_id, d.server_key, g.name, g.is_public, d.started_at, d.ended_at, d.cause, d.unknown_ms
  from incident_servers d join game_servers g on g.key = d.server_key`;

/** @see WatchReader.incidents */
export async function incidents(knex: Knex, asked: IncidentQuery): Promise<IncidentPage> {
  const rows = z.array(incidentRow).parse(await incidentListQuery(knex, asked));
  const shown = rows.slice(0, asked.limit);
  const next = rows.length > asked.limit ? (shown.at(-1)?.number ?? null) : null;
  return { incidents: await withServers(knex, shown, asked.publicOnly === true), next };
}

/** One row more than the page has, to know whether another follows. */
function incidentListQuery(knex: Knex, asked: IncidentQuery): Knex.QueryBuilder {
  const { serverKey, before } = asked;
  const list = knex('incidents as i')
    .where('i.guild_id', asked.guildId)
    .orderBy('i.number', 'desc')
    .limit(asked.limit + 1)
    .select('i.*');
  if (before !== undefined) void list.where('i.number', '<', before);
  if (asked.open === true) void list.whereNot('i.status', 'recovered');
  if (asked.publicOnly === true) {
    void list.whereExists(
      knex('incident_servers as d')
        .join('game_servers as g', 'g.key', 'd.server_key')
        .whereRaw('d.incident_id = i.id')
        .where('g.is_public', true),
    );
  }
  if (serverKey !== undefined) {
    // A server of a long history has few incidents among its guild's: its own index knows them.
    const own = knex('incident_servers').where('server_key', serverKey);
    if (before !== undefined) void own.where('incident_number', '<', before);
    void list.whereIn('i.id', own.select('incident_id'));
  }
  return list;
}

/** The incident with this id or number. */
export async function incident(
  knex: Knex,
  where: { readonly id: string } | { readonly guild_id: string; readonly number: number },
): Promise<IncidentRow | null> {
  const rows = z.array(incidentRow).parse(await knex('incidents').where(where));
  return (await withServers(knex, rows, false))[0] ?? null;
}

async function withServers(
  knex: Knex,
  rows: readonly z.infer<typeof incidentRow>[],
  publicOnly: boolean,
): Promise<IncidentRow[]> {
  if (rows.length === 0) return [];
  const downtimes = await query(
    knex,
    downtimeRow,
    `${DOWNTIMES} where d.incident_id = any(:ids) and (g.is_public or not :publicOnly)
     order by d.started_at, d.server_key`,
    { ids: rows.map(({ id }) => id), publicOnly },
  );
  const byIncident = new Map<string, DowntimeRow[]>();
  for (const { incidentId, downtime } of downtimes) {
    const known = byIncident.get(incidentId);
    if (known === undefined) byIncident.set(incidentId, [downtime]);
    else known.push(downtime);
  }
  return rows.map((row) => ({
    incidentId: row.id,
    guildId: row.guild_id,
    number: row.number,
    host: row.host,
    status: row.status,
    openedAt: row.opened_at,
    recoveredAt: row.recovered_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
    raisedAt: row.raised_at,
    flapping: row.flapping,
    servers: byIncident.get(row.id) ?? [],
    alertMessage: place(row.alert_channel_id, row.alert_message_id),
    publicMessage: place(row.public_channel_id, row.public_message_id),
  }));
}

function place(channelId: string | null, messageId: string | null): MessagePlace | null {
  return channelId === null || messageId === null ? null : { channelId, messageId };
}

const historyEntry = z
  .object({
    seq: z.number(),
    type: z.string(),
    at: instant,
    actor_id: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
    note: z.string().nullable(),
  })
  .transform(({ actor_id: actorId, ...entry }): IncidentHistoryEntry => ({ ...entry, actorId }));

/** @see WatchReader.incidentEvents */
export async function incidentEvents(
  knex: Knex,
  incidentId: string,
): Promise<IncidentHistoryEntry[]> {
  return query(
    knex,
    historyEntry,
    `select seq, type, at, actor_id, data, note from incident_events
     where incident_id = :incidentId order by seq`,
    { incidentId },
  );
}

/** A server's downtimes that began within the time, for export. */
export async function exportDowntimes(
  knex: Knex,
  asked: ExportQuery,
): Promise<ExportPage<DowntimeRow>> {
  const { after, from } = asked;
  const rows = await query(
    knex,
    downtimeRow,
    `${DOWNTIMES}
     where d.server_key = :key and d.started_at >= :from and d.started_at < :to
     order by d.started_at limit :limit`,
    {
      key: asked.serverKey,
      from: iso(after === undefined ? from : Math.max(from, after + 1)),
      to: iso(asked.to),
      limit: asked.limit + 1,
    },
  );
  const shown = rows.slice(0, asked.limit).map(({ downtime }) => downtime);
  return { rows: shown, next: rows.length > asked.limit ? (shown.at(-1)?.since ?? null) : null };
}
