import type { Knex } from 'knex';
import { z } from 'zod';
import type { Account } from '../../domain/registration/account';
import { whileAvailable } from '../connection';
import { instant, query, whole } from '../watching/query';
import { pageOf } from './page';
import type {
  AccountHistoryEntry,
  AccountHistoryQuery,
  AccountQuery,
  AccountsReader,
} from './reading';
import { ACCOUNT_COLUMNS, accountRow, comparable } from './rows';

export function createAccountsReader(knex: Knex): AccountsReader {
  const linked = (
    where: string,
    bindings: Readonly<Record<string, Knex.RawBinding>>,
    order = 'key',
  ): Promise<Account[]> =>
    whileAvailable(() =>
      query(
        knex,
        accountRow,
        `select ${ACCOUNT_COLUMNS} from accounts
         where guild_id = :guildId and unlinked_at is null and ${where} order by ${order}`,
        bindings,
      ),
    );
  return {
    accountsOf: (guildId, userId) =>
      linked('user_id = :userId', { guildId, userId }, 'is_primary desc, linked_at, key'),
    accounts: (asked) =>
      whileAvailable(async () => {
        const rows = z.array(accountRow).parse(await accountListQuery(knex, asked));
        return pageOf(rows, asked.limit, ({ key }) => key);
      }),
    account: async (guildId, key) => (await linked('key = :key', { guildId, key }))[0] ?? null,
    accountByUuid: async (guildId, edition, uuid) =>
      (await linked('edition = :edition and uuid = :uuid', { guildId, edition, uuid }))[0] ?? null,
    accountsByName: (guildId, edition, name) =>
      linked('edition = :edition and name_lower = :name', {
        ...{ guildId, edition },
        name: comparable(edition, name),
      }),
    accountEvents: (asked) =>
      whileAvailable(async () => {
        const rows = z.array(historyRow).parse(await accountEventsQuery(knex, asked));
        return pageOf(rows, asked.limit, ({ id }) => id);
      }),
  };
}

/** No name goes on with it, and in the order of bytes it comes after every character that a name may have. */
const AFTER_EVERY_CHARACTER = '\u{10FFFF}';

/** One row more than the page has, to know whether another follows. */
function accountListQuery(knex: Knex, asked: AccountQuery): Knex.QueryBuilder {
  const { guildId, userId, prefix, edition, after, limit } = asked;
  const list = knex('accounts')
    .where('guild_id', guildId)
    .whereNull('unlinked_at')
    .orderBy(['name_lower', 'key'])
    .limit(limit + 1)
    .select(knex.raw(ACCOUNT_COLUMNS));
  if (userId !== undefined) void list.where('user_id', userId);
  if (edition !== undefined) void list.where('edition', edition);
  if (prefix !== undefined && prefix !== '') {
    // Of any edition: as Java's names are compared, a space at the end counts.
    const from = comparable(edition ?? 'java', prefix);
    void list
      .where('name_lower', '>=', from)
      .where('name_lower', '<', from + AFTER_EVERY_CHARACTER);
  }
  if (after !== undefined) {
    // Also where the account of the last line was unlinked since: its row stays.
    void list.whereRaw(
      '(name_lower, key) > ((select name_lower from accounts where key = :after), :after)',
      { after },
    );
  }
  return list;
}

const historyRow = z
  .object({
    id: whole,
    account_key: z.number(),
    user_id: z.string(),
    type: z.enum(['linked', 'unlinked', 'renamed', 'identified', 'made-primary']),
    at: instant,
    actor_id: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
    note: z.string().nullable(),
  })
  .transform((row): AccountHistoryEntry => ({
    id: row.id,
    accountKey: row.account_key,
    userId: row.user_id,
    type: row.type,
    at: row.at,
    actorId: row.actor_id,
    data: row.data,
    note: row.note,
  }));

function accountEventsQuery(knex: Knex, asked: AccountHistoryQuery): Knex.QueryBuilder {
  const list = knex('account_events')
    .where('guild_id', asked.guildId)
    .orderBy('id', 'desc')
    .limit(asked.limit + 1)
    .select('id', 'account_key', 'user_id', 'type', 'at', 'actor_id', 'data', 'note');
  if ('userId' in asked) void list.where('user_id', asked.userId);
  else void list.where('account_key', asked.accountKey);
  if (asked.before !== undefined) void list.where('id', '<', asked.before);
  return list;
}
