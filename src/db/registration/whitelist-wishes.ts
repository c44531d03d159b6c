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
  await execute(
    transaction,
    `insert into whitelist_entries as known
       (server_key, account_key, edition, name, uuid, wanted, wanted_at)
     select s.key, a.key, a.edition, a.name, a.uuid, true, :now
     from (select * from accounts where guild_id = :guildId and unlinked_at is null and ${which}) a,
       unnest(cast(:keys as int[])) as s (key)
     order by s.key, a.key
     on conflict (server_key, account_key) do update
       set wanted = true, name = excluded.name, uuid = excluded.uuid, version = default,
         wanted_at = excluded.wanted_at, error = null
       ${again ? '' : 'where not known.wanted'}`,
    bindings,
  );
  // The player was to be taken off as another account, and is wanted now: if the server were told both, and the
  // first failed until after the second, the player would be off for good.
  await execute(
    transaction,
    `delete from whitelist_entries old using whitelist_entries new
     where new.server_key = any(:keys) and new.wanted and new.applied_version < new.version
       and old.server_key = new.server_key and old.account_key <> new.account_key
       and not old.wanted and old.version < new.version and old.edition = new.edition
       and case when old.uuid is null or new.uuid is null then lower(old.name) = lower(new.name)
         else old.uuid = new.uuid end`,
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
