import type { Knex } from 'knex';
import { z } from 'zod';
import { isNativeError } from 'node:util/types';
import { newServerState } from '../../domain/watching/observe';
import type { ServerSettings } from '../../domain/watching/server';
import { UnknownGuild } from '../case-errors';
import { whileAvailable } from '../connection';
import { execute, iso, json, query } from './query';
import type { ServerOrigin } from './reading';
import type { ServerPut, ServerRecorder, ServersApplied } from './recording';
import { removeServers } from './removal';

const keyed = z.object({ key: z.number(), id: z.string() });
const found = keyed.extend({ origin: z.enum(['file', 'command']) });

/** The definitions of the watched servers. A guild's changes wait for each other. */
export function createServerRecorder(knex: Knex): ServerRecorder {
  const change = <Outcome>(guildId: string, how: (transaction: Knex) => Promise<Outcome>) =>
    whileAvailable(() =>
      knex
        .transaction(async (transaction) => {
          await transaction.raw(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [
            `servers of ${guildId}`,
          ]);
          return how(transaction);
        })
        .catch(throwUnknownGuild(guildId)),
    );
  return {
    applyServers: (guildId, origin, definitions, now) =>
      change(guildId, (transaction) => apply(transaction, { guildId, origin, definitions, now })),
    putServer: (guildId, definition, now) =>
      change(guildId, (transaction) => put(transaction, guildId, definition, now)),
    removeServer: (guildId, id, now) =>
      change(guildId, async (transaction) => {
        const known = await one(transaction, guildId, id);
        if (known === null) return { outcome: 'unknown' };
        if (known.origin === 'file') return { outcome: 'in-file' };
        await removeServers(transaction, guildId, [known.key], now);
        return { outcome: 'removed' };
      }),
    addMaintenance: (guildId, id, window, now) =>
      change(guildId, async (transaction) => {
        const known = await one(transaction, guildId, id);
        if (known === null) return { outcome: 'unknown' };
        await execute(
          transaction,
          `insert into server_windows (server_key, id, definition) values (:key, :id, :window)
           on conflict (server_key, id) do update set definition = excluded.definition`,
          { key: known.key, id: window.id, window: json(window) },
        );
        await checkSoon(transaction, [known.key], now);
        return { outcome: 'added' };
      }),
    endMaintenance: (guildId, id, windowId, now) =>
      change(guildId, async (transaction) => {
        const known = await one(transaction, guildId, id);
        if (known === null) return { outcome: 'unknown' };
        const ended = await execute(
          transaction,
          'delete from server_windows where server_key = :key and id = :windowId',
          { key: known.key, windowId },
        );
        if (ended > 0) {
          await checkSoon(transaction, [known.key], now);
          return { outcome: 'ended' };
        }
        return {
          outcome: (await definesWindow(transaction, known.key, windowId)) ? 'in-file' : 'unknown',
        };
      }),
  };
}

async function definesWindow(knex: Knex, key: number, windowId: string): Promise<boolean> {
  const windows = await query(
    knex,
    z.object({ id: z.string() }),
    `select w.value ->> 'id' as id
     from game_servers, jsonb_array_elements(definition -> 'maintenance') as w
     where key = :key and w.value ->> 'id' = :windowId`,
    { key, windowId },
  );
  return windows.length > 0;
}

async function one(knex: Knex, guildId: string, id: string) {
  const [known] = await query(
    knex,
    found,
    `select key, id, origin from game_servers
     where guild_id = :guildId and id = :id and removed_at is null`,
    { guildId, id },
  );
  return known ?? null;
}

async function put(
  transaction: Knex,
  guildId: string,
  definition: ServerSettings,
  now: number,
): Promise<ServerPut> {
  const known = await one(transaction, guildId, definition.id);
  if (known?.origin === 'file') return { outcome: 'in-file' };
  const { added, changed } = await write(transaction, {
    guildId,
    origin: 'command',
    definitions: [definition],
    now,
  });
  const key = added[0]?.key ?? known?.key;
  if (key === undefined) throw new Error(`The server ${definition.id} was not stored.`);
  if (added.length > 0) return { outcome: 'added', key };
  return { outcome: changed.length > 0 ? 'changed' : 'unchanged', key };
}

interface Application {
  readonly guildId: string;
  readonly origin: ServerOrigin;
  readonly definitions: readonly ServerSettings[];
  readonly now: number;
}

async function apply(transaction: Knex, application: Application): Promise<ServersApplied> {
  const { guildId, origin, definitions, now } = application;
  const gone = await query(
    transaction,
    keyed,
    `select key, id from game_servers
     where guild_id = :guildId and origin = :origin and removed_at is null and not id = any(:ids)
     order by position, key`,
    { guildId, origin, ids: definitions.map(({ id }) => id) },
  );
  if (gone.length > 0) {
    await removeServers(
      transaction,
      guildId,
      gone.map(({ key }) => key),
      now,
    );
  }
  const { added, changed } = await write(transaction, application);
  const ids = (servers: readonly z.infer<typeof keyed>[]) => servers.map(({ id }) => id);
  return { added: ids(added), changed: ids(changed), removed: ids(gone) };
}

/** Adds and changes; the order is that of the definitions, servers of commands come after those of the file. */
async function write(transaction: Knex, application: Application) {
  const { guildId, origin, definitions, now } = application;
  const rows = definitions.map((definition, index) => ({
    id: definition.id,
    definition,
    position: origin === 'file' ? index : LAST,
  }));
  const bindings = { guildId, origin, rows: json(rows), now: iso(now) };
  const recordset = `jsonb_to_recordset(:rows) as d (id text, definition jsonb, position int)`;
  const changed = await query(
    transaction,
    keyed.extend({ said: z.boolean() }),
    `update game_servers s
     set definition = d.definition, origin = :origin, position = d.position
     from ${recordset}, game_servers before
     where s.guild_id = :guildId and s.id = d.id and s.removed_at is null and before.key = s.key
       and (s.definition, s.origin, s.position) is distinct from (d.definition, :origin, d.position)
     returning s.key, s.id, before.definition <> s.definition as said`,
    bindings,
  );
  // What only moved in the list is checked as before.
  const said = changed.filter((server) => server.said);
  await checkSoon(
    transaction,
    said.map(({ key }) => key),
    now,
  );
  const added = await query(
    transaction,
    keyed,
    `insert into game_servers (guild_id, id, origin, definition, position, added_at)
     select :guildId, d.id, :origin, d.definition, d.position, :now from ${recordset}
     where not exists (
       select from game_servers s
       where s.guild_id = :guildId and s.id = d.id and s.removed_at is null)
     order by d.position
     returning key, id`,
    bindings,
  );
  if (added.length > 0)
    await beginLives(
      transaction,
      added.map(({ key }) => key),
      now,
    );
  return { added, changed: said };
}

/** Behind every server of the file. */
const LAST = 1_000_000;

/** Nobody has looked at them yet: their first span is `unknown`, and they are due. */
async function beginLives(transaction: Knex, keys: readonly number[], now: number): Promise<void> {
  await execute(
    transaction,
    `with lives as (
       insert into server_spans (server_key, kind, started_at)
       select unnest(cast(:keys as int[])), 'unknown', :now
     )
     insert into server_states (server_key, state, status, due_at)
     select unnest(cast(:keys as int[])), :state, 'unknown', :now`,
    { keys: [...keys], now: iso(now), state: json(newServerState(now)) },
  );
}

/** A check that is under way asked what the server was before: its result does not count any more. */
async function checkSoon(transaction: Knex, keys: readonly number[], now: number): Promise<void> {
  if (keys.length === 0) return;
  await execute(
    transaction,
    `update server_states set version = version + 1, due_at = least(due_at, :now)
     where server_key in (
       select server_key from server_states where server_key = any(:keys) order by server_key for update)`,
    { keys: [...keys], now: iso(now) },
  );
}

function throwUnknownGuild(guildId: string): (error: unknown) => never {
  return (error) => {
    const foreignKeyViolation = isNativeError(error) && 'code' in error && error.code === '23503';
    throw foreignKeyViolation ? new UnknownGuild(guildId) : error;
  };
}
