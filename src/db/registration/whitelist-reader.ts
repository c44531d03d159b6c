import type { Knex } from 'knex';
import { z } from 'zod';
import { whileAvailable } from '../connection';
import { query, whole } from '../watching/query';
import { pageOf } from './page';
import type { WhitelistPlace, WhitelistReader } from './reading';
import { WHITELIST_COLUMNS, whitelistRow } from './rows';

/** The key of a server that is watched now. */
export const SERVER = `
  select key from game_servers where guild_id = :guildId and id = :serverId and removed_at is null`;

const ENTRIES = `
  select ${WHITELIST_COLUMNS}
  from whitelist_entries e join accounts a on a.key = e.account_key
  where e.server_key = (${SERVER})`;

export function createWhitelistReader(knex: Knex): WhitelistReader {
  return {
    whitelistPending: ({ guildId, serverId, limit }) =>
      whileAvailable(() =>
        query(
          knex,
          whitelistRow,
          `${ENTRIES} and e.applied_version < e.version order by e.version limit :limit`,
          { guildId, serverId, limit },
        ),
      ),
    countWhitelistPending: (place) => whileAvailable(() => countPending(knex, place)),
    whitelist: ({ guildId, serverId, after = 0, limit }) =>
      whileAvailable(async () => {
        const rows = await query(
          knex,
          whitelistRow,
          `${ENTRIES} and e.account_key > :after order by e.account_key limit :most`,
          { guildId, serverId, after, most: limit + 1 },
        );
        return pageOf(rows, limit, ({ accountKey }) => accountKey);
      }),
  };
}

/** @see WhitelistReader.countWhitelistPending */
export async function countPending(knex: Knex, place: WhitelistPlace): Promise<number> {
  const { guildId, serverId } = place;
  const [counted] = await query(
    knex,
    z.object({ count: whole }),
    `select count(*) as count from whitelist_entries
     where server_key = (${SERVER}) and applied_version < version`,
    { guildId, serverId },
  );
  return counted?.count ?? 0;
}
