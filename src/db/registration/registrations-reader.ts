import type { Knex } from 'knex';
import { z } from 'zod';
import { whileAvailable } from '../connection';
import { instant, iso, json, query, whole } from '../watching/query';
import { pageOf } from './page';
import type {
  PendingPage,
  PendingQuery,
  RegistrationQuery,
  RegistrationHistoryEntry,
  RegistrationsReader,
  Standing,
  StandingQuery,
} from './reading';
import {
  comparable,
  PENDING_COLUMNS,
  pendingRow,
  REGISTRATION_COLUMNS,
  registrationRow,
} from './rows';

/** So many attempts for one name that ended lately are more than anybody wants to know. */
const MOST_ENDED = 20;

export function createRegistrationsReader(knex: Knex): RegistrationsReader {
  return {
    pendingByName: (guildId, edition, name) =>
      whileAvailable(() =>
        query(
          knex,
          pendingRow,
          `select ${PENDING_COLUMNS} from registrations
           where guild_id = :guildId and edition = :edition and name_lower = :name
             and code_hash is not null
           order by started_at, id`,
          { guildId, edition, name: comparable(edition, name) },
        ),
      ),
    endedByName: (guildId, edition, name, since) =>
      whileAvailable(() =>
        query(
          knex,
          registrationRow,
          `select ${REGISTRATION_COLUMNS} from registrations
           where guild_id = :guildId and edition = :edition and name_lower = :name
             and ended_at is not null and ended_at >= :since
           order by ended_at desc limit :most`,
          {
            guildId,
            edition,
            name: comparable(edition, name),
            since: iso(since),
            most: MOST_ENDED,
          },
        ),
      ),
    pending: (asked) => whileAvailable(() => pending(knex, asked)),
    pendingVersions: (scopes) => whileAvailable(() => pendingVersions(knex, scopes)),
    standing: (asked) => whileAvailable(() => standing(knex, asked)),
    registration: (id) =>
      whileAvailable(async () => {
        const [row] = await query(
          knex,
          registrationRow,
          `select ${REGISTRATION_COLUMNS} from registrations where id = :id`,
          { id },
        );
        return row ?? null;
      }),
    registrations: (asked) =>
      whileAvailable(async () => {
        const rows = z.array(registrationRow).parse(await registrationListQuery(knex, asked));
        return pageOf(rows, asked.limit, ({ number }) => number);
      }),
    registrationEvents: (id) => whileAvailable(() => registrationEvents(knex, id)),
  };
}

async function pending(knex: Knex, asked: PendingQuery): Promise<PendingPage> {
  const { guildId, edition, after, limit } = asked;
  // The version first: what changes in between is then news to whoever waits, and is not missed.
  const [version = 0] = await pendingVersions(knex, [asked]);
  const rows = await query(
    knex,
    pendingRow,
    `select ${PENDING_COLUMNS} from registrations
     where guild_id = :guildId and edition = :edition and code_hash is not null
       ${after === undefined ? '' : 'and (name_lower, id) > (:name, :id)'}
     order by name_lower, id limit :most`,
    {
      ...{ guildId, edition, most: limit + 1 },
      ...(after && { name: comparable(edition, after.name), id: after.registrationId }),
    },
  );
  return { version, registrations: rows.slice(0, limit), more: rows.length > limit };
}

async function pendingVersions(
  knex: Knex,
  scopes: readonly { readonly guildId: string; readonly edition: string }[],
): Promise<number[]> {
  if (scopes.length === 0) return [];
  const asked = scopes.map(({ guildId, edition }, position) => ({ guildId, edition, position }));
  const found = await query(
    knex,
    z.object({ version: whole }),
    `select coalesce(c.version, 0) as version
     from jsonb_to_recordset(:asked) as s ("guildId" text, edition text, position int)
     left join registration_changes c on c.guild_id = s."guildId" and c.edition = s.edition
     order by s.position`,
    { asked: json(asked) },
  );
  return found.map(({ version }) => version);
}

async function standing(knex: Knex, asked: StandingQuery): Promise<Standing> {
  const { registrationId, guildId, userId, edition, name } = asked;
  const [row] = await query(
    knex,
    z.object({
      accounts: whole,
      already: z.boolean(),
      locked_until: instant.nullable(),
      wrong: whole,
    }),
    `select count(*) as accounts,
       coalesce(bool_or(edition = :edition and name_lower = :name), false) as already,
       (select locked_until from registrations where id = :id and locked_until > :now) as locked_until,
       (select count(*) from registration_events
        where registration_id = :id and type = 'wrong-code' and at >= :wrongSince
          and started_at < :startedAt and started_at > coalesce((
            select max(started_at) from registration_events
            where registration_id = :id and type = 'verified'), '-infinity')) as wrong
     from accounts where guild_id = :guildId and user_id = :userId and unlinked_at is null`,
    {
      ...{ id: registrationId, guildId, userId, edition, name: comparable(edition, name) },
      now: iso(asked.now),
      startedAt: iso(asked.startedAt),
      wrongSince: iso(asked.wrongSince),
    },
  );
  if (row === undefined) throw new Error('Counting always gives a row.');
  const { accounts, wrong, already: alreadyYours, locked_until: lockedUntil } = row;
  return { accounts, wrong, alreadyYours, lockedUntil };
}

/** One row more than the page has, to know whether another follows. */
function registrationListQuery(knex: Knex, asked: RegistrationQuery): Knex.QueryBuilder {
  const { guildId, userId, open, before, limit } = asked;
  const list = knex('registrations')
    .where('guild_id', guildId)
    .orderBy('number', 'desc')
    .limit(limit + 1)
    .select(knex.raw(REGISTRATION_COLUMNS));
  if (userId !== undefined) void list.where('user_id', userId);
  if (open === true) void list.whereNull('ended_at');
  if (before !== undefined) void list.where('number', '<', before);
  return list;
}

const historyRow = z
  .object({
    started_at: instant,
    seq: z.number(),
    type: z.string(),
    at: instant,
    actor_id: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .transform((row): RegistrationHistoryEntry => ({
    startedAt: row.started_at,
    seq: row.seq,
    type: row.type,
    at: row.at,
    actorId: row.actor_id,
    data: row.data,
  }));

function registrationEvents(knex: Knex, id: string): Promise<RegistrationHistoryEntry[]> {
  return query(
    knex,
    historyRow,
    `select started_at, seq, type, at, actor_id, data from registration_events
     where registration_id = :id order by started_at, seq`,
    { id },
  );
}
