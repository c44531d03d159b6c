import type { Knex } from 'knex';
import type { Account } from '../../domain/registration/account';
import { whileAvailable } from '../connection';
import { storable } from '../storable';
import { execute } from '../watching/query';
import { changeAccounts, linkedAccounts, tellOfAccounts } from './guild-accounts';
import type { PlayerSeen } from './recording';
import { comparable } from './rows';

/** @see AccountsRecorder.playerSeen */
export async function playerSeen(
  knex: Knex,
  seen: PlayerSeen,
): Promise<{ readonly account: Account; readonly before: string | null } | null> {
  const { guildId, edition, uuid } = seen;
  const find = async (records: Knex) => {
    const where = 'edition = :edition and uuid = :uuid';
    return (await linkedAccounts(records, where, { guildId, edition, uuid }))[0] ?? null;
  };
  // Players are seen often and change their names seldom: that costs one look, and no lock.
  const account = await whileAvailable(() => find(knex));
  if (account === null) return null;
  if (account.name === storable(seen.name)) return { account, before: null };
  return changeAccounts(knex, guildId, async (transaction) => {
    const known = await find(transaction);
    if (known === null) return null;
    const followed = await followPlayer(transaction, known, seen);
    return { account: followed, before: followed.name === known.name ? null : known.name };
  });
}

/**
 * Gives a linked account the name and UUID that the game tells. A server whose whitelist was not told yet is
 * told these; one that was told is not troubled, as it knows the player by the UUID, too.
 */
export async function followPlayer(
  transaction: Knex,
  account: Account,
  { name: told, uuid, now }: { readonly name: string; readonly uuid: string; readonly now: number },
): Promise<Account> {
  const name = storable(told);
  const { key } = account;
  if (account.name === name && account.uuid === uuid) return account;
  await execute(
    transaction,
    `update accounts set name = :name, name_lower = :nameLower, uuid = :uuid where key = :key`,
    { key, name, nameLower: comparable(account.edition, name), uuid },
  );
  await execute(
    transaction,
    `update whitelist_entries set name = :name, uuid = :uuid, version = default
     where account_key = :key and wanted and applied_version < version`,
    { key, name, uuid },
  );
  const followed = { ...account, name, uuid };
  const fact = { account: followed, at: now, operation: null, actorId: null };
  await tellOfAccounts(transaction, [
    ...(account.name === name
      ? []
      : [{ ...fact, type: 'renamed' as const, data: { from: account.name, to: name } }]),
    ...(account.uuid === uuid ? [] : [{ ...fact, type: 'identified' as const, data: { uuid } }]),
  ]);
  return followed;
}
