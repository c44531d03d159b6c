import type { Knex } from 'knex';
import { EDITIONS, type Account } from '../../domain/registration/account';
import { execute, iso, json, query } from '../watching/query';
import { changeAccounts, linkedAccounts, tellOfAccounts } from './guild-accounts';
import type { AccountDeed, Unlink, UnlinkChoice, Unlinked } from './recording';
import { ACCOUNT_COLUMNS, accountRow, comparable } from './rows';
import { serversToTell } from './whitelist-wishes';

/** @see AccountsRecorder.unlink */
export function unlink(knex: Knex, wish: Unlink): Promise<Unlinked> {
  return changeAccounts(knex, wish.guildId, async (transaction) => {
    const before = await unlinkedBefore(transaction, wish);
    const accounts = before.length > 0 ? before : await take(transaction, wish);
    const [first] = accounts;
    if (first === undefined) return { accounts, primary: null, serverIds: [] };
    return {
      accounts,
      primary: await choosePrimary(transaction, first, wish),
      serverIds: await serversToTell(
        transaction,
        accounts.map(({ key }) => key),
      ),
    };
  });
}

/** What an earlier try of this operation unlinked, as it was then. */
function unlinkedBefore(transaction: Knex, wish: Unlink): Promise<Account[]> {
  const columns = ACCOUNT_COLUMNS.replace(
    'is_primary',
    `(select (e.data ->> 'primary')::boolean from account_events e
      where e.operation = :operation and e.type = 'unlinked' and e.account_key = key) as is_primary`,
  );
  return query(
    transaction,
    accountRow,
    `select ${columns} from accounts
     where guild_id = :guildId and key in (
       select account_key from account_events where operation = :operation and type = 'unlinked')
     order by linked_at, key`,
    { guildId: wish.guildId, operation: wish.operation },
  );
}

/** The condition on `accounts`, with its bindings. */
function chosen(which: UnlinkChoice): [string, Readonly<Record<string, Knex.RawBinding>>] {
  if ('accountKey' in which) {
    const { accountKey: key, userId } = which;
    if (userId === undefined) return ['key = :key', { key }];
    return ['key = :key and user_id = :userId', { key, userId }];
  }
  const { userId } = which;
  if (!('name' in which)) {
    if (which.begunBy !== undefined) return begunBy(userId, which.begunBy);
    return ['user_id = :userId', { userId }];
  }
  const { name, edition } = which;
  const editions = edition === null ? EDITIONS : [edition];
  // Each edition has its own way to compare names.
  const names = editions.map((one) => ({ edition: one, name: comparable(one, name) }));
  return [
    `user_id = :userId and (edition, name_lower) in (
       select edition, name from jsonb_to_recordset(:names) as n (edition text, name text))`,
    { userId, names: json(names) },
  ];
}

/** What the user had at an instant, or got by a registration that was begun by then. */
function begunBy(userId: string, at: number): ReturnType<typeof chosen> {
  return [
    `user_id = :userId and (linked_at <= :at or key in (
       select (e.data ->> 'accountKey')::int from registration_events e
       join registrations r on r.id = e.registration_id
       where r.guild_id = :guildId and r.user_id = :userId and e.type = 'verified'
         and e.started_at <= :at))`,
    { userId, at: iso(at) },
  ];
}

async function take(transaction: Knex, wish: Unlink): Promise<Account[]> {
  const { guildId, which, now, operation, actorId, reason, cause } = wish;
  const [where, bindings] = chosen(which);
  const accounts = await linkedAccounts(transaction, where, { guildId, ...bindings });
  if (accounts.length === 0) return accounts;
  const keys = accounts.map(({ key }) => key);
  await execute(
    transaction,
    `update accounts set unlinked_at = greatest(:now, linked_at), is_primary = false
     where key = any(:keys)`,
    { keys, now: iso(now) },
  );
  await execute(
    transaction,
    `update whitelist_entries
     set wanted = false, version = default, wanted_at = :now, error = null
     where account_key = any(:keys) and wanted`,
    { keys, now: iso(now) },
  );
  await tellOfAccounts(
    transaction,
    accounts.map((account) => ({
      ...{ account, type: 'unlinked', at: now, operation, actorId, reason },
      data: { name: account.name, uuid: account.uuid, primary: account.primary, cause },
    })),
  );
  return accounts;
}

/** Whoever has accounts has a primary one. */
async function choosePrimary(
  transaction: Knex,
  { guildId, userId }: Account,
  { operation, now }: AccountDeed,
): Promise<Account | null> {
  const left = await linkedAccounts(transaction, 'user_id = :userId', { guildId, userId });
  const [oldest] = left;
  const primary = left.find((account) => account.primary);
  if (primary !== undefined || oldest === undefined) return primary ?? null;
  await transaction('accounts').where('key', oldest.key).update('is_primary', true);
  const account = { ...oldest, primary: true };
  await tellOfAccounts(transaction, [
    { account, type: 'made-primary', at: now, operation, actorId: null },
  ]);
  return account;
}
