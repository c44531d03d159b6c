import type { Knex } from 'knex';
import { z } from 'zod';
import type { FailureCause } from '../../domain/watching/check';
import type { IncidentNews, IncidentPolicy } from '../../domain/watching/incident';
import type { WatchedServer } from '../../domain/watching/server';
import type { ServerFact } from '../../domain/watching/server-state';
import { execute, instant, iso, json, query } from './query';
import type { Round, ServerResult } from './recording';
import { causeSchema } from './rows';

/** Outages of one host that begin so close to each other have one cause, most probably. */
const ONE_CAUSE_MS = 5 * 60_000;

/** A guild that says nothing of it is told nothing; the records tell. */
const SILENT: IncidentPolicy = {
  alertChannelId: null,
  pingRoleIds: [],
  seniorRoleIds: [],
  raiseAfterMs: null,
  remindAfterMs: [],
  publicChannelId: null,
};

/** Who holds this decides what is one incident; until the transaction's end. Call it with all guilds at once. */
export async function lockIncidents(transaction: Knex, guildIds: readonly string[]): Promise<void> {
  for (const guildId of [...new Set(guildIds)].toSorted()) {
    await transaction.raw(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [
      `incidents of ${guildId}`,
    ]);
  }
}

/** A downtime that is going on. */
interface Downtime {
  readonly incident: Incident;
  readonly serverKey: number;
  readonly startedAt: number;
  cause: FailureCause;
  endedAt: number | null;
  unknownMs: number;
}

interface Incident {
  /** `null`: it opens now and has no id yet. */
  id: string | null;
  readonly guildId: string;
  readonly host: string;
  readonly openedAt: number;
  readonly policy: IncidentPolicy;
}

interface News {
  readonly incident: Incident;
  readonly news: IncidentNews;
}

type OutageFact = Exclude<ServerFact, { readonly type: 'span' }>;

/** Finds out which incidents the facts open, prolong and end, and records that with its news. */
export async function recordOutages(
  transaction: Knex,
  results: readonly ServerResult[],
  policies: Round['policies'],
): Promise<void> {
  const steps = outageSteps(results);
  if (steps.length === 0) return;
  const guildIds = [...new Set(steps.map(({ server }) => server.guildId))];
  await lockIncidents(transaction, guildIds);
  const downtimes = await openDowntimes(transaction, guildIds);
  const known = new Set(downtimes);
  const incidents = new Set(downtimes.map(({ incident }) => incident));
  const touched = new Set<Downtime>();
  const told: News[] = [];

  for (const { server, fact } of steps) {
    const down = downtimes.find(
      ({ serverKey, endedAt }) => serverKey === server.key && endedAt === null,
    );
    if (fact.type === 'outage-began') {
      if (down !== undefined) continue;
      const incident =
        joined(downtimes, server, fact.since) ?? opened(server, fact.since, policies);
      incidents.add(incident);
      const { since, cause } = fact;
      const begun = {
        ...{ incident, serverKey: server.key, startedAt: since, cause },
        ...{ endedAt: null, unknownMs: 0 },
      };
      downtimes.push(begun);
      touched.add(begun);
      const affected = { serverKey: server.key, name: server.name, since, cause };
      told.push({
        incident,
        news: { type: 'server-down', server: { ...affected, until: null, unknownMs: 0 } },
      });
    } else if (down !== undefined) {
      touched.add(down);
      told.push({ incident: down.incident, news: goOn(down, fact) });
    }
  }

  const changed = [...touched];
  // A server that failed anew has ended its earlier downtime: it has one at a time.
  await updateDowntimes(
    transaction,
    changed.filter((downtime) => known.has(downtime)),
  );
  const numbers = await insertIncidents(
    transaction,
    [...incidents].filter(({ id }) => id === null),
  );
  await insertDowntimes(
    transaction,
    changed.filter((downtime) => !known.has(downtime)),
    numbers,
  );
  await insertNews(transaction, told);
}

/** What changes in a downtime that is going on, and how it is told. */
function goOn(
  down: Downtime,
  fact: Exclude<OutageFact, { readonly type: 'outage-began' }>,
): IncidentNews {
  const { serverKey } = down;
  switch (fact.type) {
    case 'outage-cause':
      down.cause = fact.cause;
      return { type: 'cause-changed', serverKey, cause: fact.cause };
    case 'outage-ended':
      down.endedAt = Math.max(fact.until, down.startedAt);
      down.unknownMs = fact.unknownMs;
      return { type: 'server-up', serverKey, until: down.endedAt, unknownMs: fact.unknownMs };
    case 'flapping-began':
      return { type: 'flapping', serverKey, flapping: true };
    case 'flapping-ended':
      return { type: 'flapping', serverKey, flapping: false };
  }
}

/**
 * Each server's facts in their order; of different servers first what begins, so that an incident whose one
 * server comes back in the round in which another one fails goes on.
 */
function outageSteps(results: readonly ServerResult[]) {
  return results
    .flatMap(({ server, facts }) =>
      facts
        .filter((fact): fact is OutageFact => fact.type !== 'span')
        .map((fact, index) => ({ server, fact, index })),
    )
    .toSorted(
      (one, other) =>
        one.index - other.index ||
        Number(other.fact.type === 'outage-began') - Number(one.fact.type === 'outage-began') ||
        one.server.key - other.server.key,
    );
}

/** The incident that is going on at the same host since about the same time. */
function joined(
  downtimes: readonly Downtime[],
  server: WatchedServer,
  since: number,
): Incident | null {
  const near = downtimes.find(
    ({ incident, startedAt, endedAt }) =>
      endedAt === null &&
      incident.guildId === server.guildId &&
      incident.host === server.host &&
      Math.abs(startedAt - since) <= ONE_CAUSE_MS,
  );
  return near?.incident ?? null;
}

function opened(server: WatchedServer, since: number, policies: Round['policies']): Incident {
  const { guildId, host } = server;
  return { id: null, guildId, host, openedAt: since, policy: policies.get(guildId) ?? SILENT };
}

const openRow = z.object({
  incident_id: z.string(),
  guild_id: z.string(),
  host: z.string(),
  opened_at: instant,
  server_key: z.number(),
  started_at: instant,
  cause: causeSchema,
});

async function openDowntimes(knex: Knex, guildIds: readonly string[]): Promise<Downtime[]> {
  const rows = await query(
    knex,
    openRow,
    `select d.incident_id, i.guild_id, i.host, i.opened_at, d.server_key, d.started_at, d.cause
     from incident_servers d join incidents i on i.id = d.incident_id
     where d.ended_at is null and i.guild_id = any(:guildIds)
     order by d.started_at desc, d.server_key`,
    { guildIds: [...guildIds] },
  );
  const incidents = new Map<string, Incident>();
  return rows.map((row) => {
    const incident = incidents.get(row.incident_id) ?? {
      id: row.incident_id,
      guildId: row.guild_id,
      host: row.host,
      openedAt: row.opened_at,
      policy: SILENT,
    };
    incidents.set(row.incident_id, incident);
    const { server_key: serverKey, started_at: startedAt, cause } = row;
    return { incident, serverKey, startedAt, cause, endedAt: null, unknownMs: 0 };
  });
}

/** Gives the new incidents their ids and their guilds' next numbers. */
async function insertIncidents(
  transaction: Knex,
  incidents: readonly Incident[],
): Promise<ReadonlyMap<string, number>> {
  if (incidents.length === 0) return new Map();
  const rows = incidents.map((incident, index) => ({
    index,
    guild_id: incident.guildId,
    host: incident.host,
    opened_at: iso(incident.openedAt),
    policy: incident.policy,
  }));
  // The incidents are locked: nobody else takes the same numbers.
  const inserted = await query(
    transaction,
    z.object({ id: z.string(), number: z.number(), index: z.number() }),
    `with wanted as materialized (
       select uuidv7()::text as id, w.*, row_number() over (partition by w.guild_id order by w.index)
         + coalesce((select max(i.number) from incidents i where i.guild_id = w.guild_id), 0) as number
       from jsonb_to_recordset(:rows)
         as w (index int, guild_id text, host text, opened_at timestamptz, policy jsonb)
     ), inserted as (
       insert into incidents (id, guild_id, number, host, status, opened_at, policy)
       select id, guild_id, number, host, 'open', opened_at, policy from wanted
     )
     select id, number::int as number, index from wanted`,
    { rows: json(rows) },
  );
  for (const { id, index } of inserted) {
    const incident = incidents[index];
    if (incident !== undefined) incident.id = id;
  }
  return new Map(inserted.map(({ id, number }) => [id, number]));
}

async function insertDowntimes(
  transaction: Knex,
  downtimes: readonly Downtime[],
  numbers: ReadonlyMap<string, number>,
): Promise<void> {
  if (downtimes.length === 0) return;
  const rows = downtimes.map((down) => ({
    ...downtimeColumns(down),
    number: numbers.get(down.incident.id ?? '') ?? null,
  }));
  await execute(
    transaction,
    `insert into incident_servers (incident_id, server_key, started_at, ended_at, cause, unknown_ms,
       incident_number)
     select d.incident_id, d.server_key, d.started_at, d.ended_at, d.cause, d.unknown_ms,
       coalesce(d.number, (select i.number from incidents i where i.id = d.incident_id))
     from jsonb_to_recordset(:rows) as d (incident_id text, server_key int, started_at timestamptz,
       ended_at timestamptz, cause text, unknown_ms bigint, number int)
     order by d.server_key
     on conflict (incident_id, server_key, started_at) do nothing`,
    { rows: json(rows) },
  );
}

async function updateDowntimes(transaction: Knex, downtimes: readonly Downtime[]): Promise<void> {
  if (downtimes.length === 0) return;
  await execute(
    transaction,
    `update incident_servers s
     set ended_at = d.ended_at, cause = d.cause, unknown_ms = d.unknown_ms
     from jsonb_to_recordset(:rows) as d (incident_id text, server_key int, started_at timestamptz,
       ended_at timestamptz, cause text, unknown_ms bigint)
     where s.incident_id = d.incident_id and s.server_key = d.server_key
       and s.started_at = d.started_at`,
    { rows: json(downtimes.map(downtimeColumns)) },
  );
}

function downtimeColumns(down: Downtime) {
  return {
    incident_id: down.incident.id,
    server_key: down.serverKey,
    started_at: iso(down.startedAt),
    ended_at: down.endedAt === null ? null : iso(down.endedAt),
    cause: down.cause,
    unknown_ms: Math.max(0, Math.round(down.unknownMs)),
  };
}

async function insertNews(transaction: Knex, told: readonly News[]): Promise<void> {
  if (told.length === 0) return;
  const rows = told.map(({ incident, news }, index) => ({
    index,
    guild_id: incident.guildId,
    incident_id: incident.id,
    payload: news,
  }));
  await execute(
    transaction,
    `insert into watch_news (guild_id, incident_id, payload)
     select n.guild_id, n.incident_id, n.payload
     from jsonb_to_recordset(:rows) as n (index int, guild_id text, incident_id text, payload jsonb)
     order by n.index`,
    { rows: json(rows) },
  );
}
