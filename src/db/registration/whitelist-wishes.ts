import type { Knex } from 'knex';
import { z } from 'zod';
import { execute, iso, query } from '../watching/query';

/** What changes of accounts want of whitelists, within their transactions. */

/** The servers of these ids that are watched now. */
export async function watchedServers(
  transaction: Knex,
  guildId: string,
  ids: readonly string[],
): Promise<{ readonly key: number; readonly id: string }[]> {
  if (ids.length === 0) return [];
  return query(
    transaction,
    z.object({ key: z.number(), id: z.string() }),
    `select key, id from game_servers
     where guild_id = :guildId and id = any(:ids) and removed_at is null`,
    { guildId, ids: [...ids] },
  );
}

export interface WhitelistAddition {
  readonly guildId: string;
  readonly serverKeys: readonly number[];
  /** Which of the guild's linked accounts: a condition, with its bindings. */
  readonly which: string;
  readonly bindings: Readonly<Record<string, Knex.RawBinding>>;
  /** Whether those are told again that were told before. */
  readonly again: boolean;
  readonly now: number;
}

/** Wants linked accounts on whitelists. */
export async function putOnWhitelists(
  transaction: Knex,
  addition: WhitelistAddition,
): Promise<void> {
  const { guildId, serverKeys, which, again, now } = addition;
  if (serverKeys.length === 0) return;
  const bindings = { ...addition.bindings, guildId, keys: [...serverKeys], now: iso(now) };
  const accounts = `
    select * from accounts where guild_id = :guildId and unlinked_at is null and ${which}`;
  await execute(
    transaction,
    `insert into whitelist_entries as known
       (server_key, account_key, edition, name, uuid, wanted, wanted_at)
     select s.key, a.key, a.edition, a.name, a.uuid, true, :now
     from (${accounts}) a,
       unnest(cast(:keys as int[])) as s (key)
     order by s.key, a.key
     on conflict (server_key, account_key) do update
       set wanted = true, name = excluded.name, uuid = excluded.uuid, version = default,
         wanted_at = excluded.wanted_at, error = null
       ${again ? '' : 'where not known.wanted'}`,
    bindings,
  );
  // The player was to be taken off as another account, and is wanted now: if the server were told both, and the
  // first failed until after the second, the player would be off for good. By UUID and by name apart, as either
  // is looked up at once, however long the lists are.
  const superseded = (samePlayer: string) => `
    select old.server_key, old.account_key
    from old join new on old.server_key = new.server_key and old.edition = new.edition
      and old.version < new.version and old.account_key <> new.account_key and ${samePlayer}`;
  await execute(
    transaction,
    `with old as materialized (
       select * from whitelist_entries where server_key = any(:keys) and not wanted
     ), new as materialized (
       select * from whitelist_entries
       where server_key = any(:keys) and wanted and applied_version < version
         and account_key in (select key from (${accounts}) a) and exists (select from old)
     )
     delete from whitelist_entries where (server_key, account_key) in (
       ${superseded('old.uuid = new.uuid')}
       union ${superseded('lower(old.name) = lower(new.name)')}
         and (old.uuid is null or new.uuid is null))`,
    bindings,
  );
}

/** The ids of the servers that are still to be told of these accounts. */
export async function serversToTell(
  transaction: Knex,
  accountKeys: readonly number[],
): Promise<string[]> {
  const servers = await query(
    transaction,
    z.object({ id: z.string() }),
    `select id from game_servers
     where removed_at is null and key in (
       select server_key from whitelist_entries
       where account_key = any(:keys) and applied_version < version)
     order by position, key`,
    { keys: [...accountKeys] },
  );
  return servers.map(({ id }) => id);
}
