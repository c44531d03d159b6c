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

export function createWhitelistReader(knex: Knex): WhitelistReader {
  return {
    whitelistPending: ({ guildId, serverId, limit }) =>
      whileAvailable(() =>
        query(knex, whitelistRow, entries('applied_version < version', 'version'), {
          ...{ guildId, serverId, limit },
        }),
      ),
    countWhitelistPending: (place) => whileAvailable(() => countPending(knex, place)),
    whitelist: ({ guildId, serverId, after = 0, limit }) =>
      whileAvailable(async () => {
        const rows = await query(
          knex,
          whitelistRow,
          entries('account_key > :after', 'account_key'),
          { guildId, serverId, after, limit: limit + 1 },
        );
        return pageOf(rows, limit, ({ accountKey }) => accountKey);
      }),
  };
}

/** The page is found first, and only then whose accounts they are. */
function entries(where: string, order: 'version' | 'account_key'): string {
  return `
    select ${WHITELIST_COLUMNS}
    from (
      select * from whitelist_entries where server_key = (${SERVER}) and ${where}
      order by ${order} limit :limit
    ) e join accounts a on a.key = e.account_key
    order by e.${order}`;
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
