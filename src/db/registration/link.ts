import type { Knex } from 'knex';
import type { Account } from '../../domain/registration/account';
import { storable } from '../storable';
import { iso, query } from '../watching/query';
import { followPlayer } from './follow-player';
import { changeAccounts, linkedAccounts, tellOfAccounts } from './guild-accounts';
import type { AccountDeed, Link, Linked } from './recording';
import { ACCOUNT_COLUMNS, accountRow, comparable } from './rows';
import { putOnWhitelists, serversToTell, watchedServers } from './whitelist-wishes';

/** @see AccountsRecorder.link */
export function link(knex: Knex, wish: Link): Promise<Linked> {
  return changeAccounts(knex, wish.guildId, (transaction) =>
    linkAccount(transaction, { ...wish, linkedBy: wish.actorId }),
  );
}

/** Whose account it becomes, and on whose word. */
export interface LinkWish extends AccountDeed, Omit<Link, 'actorId'> {
  /** `null`: the user proved it by a code. */
  readonly linkedBy: string | null;
}

/** Within `changeAccounts`. */
export async function linkAccount(transaction: Knex, wish: LinkWish): Promise<Linked> {
  const { guildId, userId, mostAccounts } = wish;
  const before = await linkedBefore(transaction, wish);
  if (before !== null) return concluded(transaction, 'linked', before, wish);
  const same = await sameAccounts(transaction, wish);
  const own = same.find((account) => account.userId === userId);
  if (own !== undefined) {
    const { name, uuid } = wish.player;
    const account =
      uuid === null ? own : await followPlayer(transaction, own, { name, uuid, now: wish.now });
    return concluded(transaction, 'already-yours', account, wish);
  }
  const [others] = same;
  if (others !== undefined) return { outcome: 'taken', userId: others.userId };
  const theirs = await linkedAccounts(transaction, 'user_id = :userId', { guildId, userId });
  if (mostAccounts !== null && theirs.length >= mostAccounts) {
    return { outcome: 'most-accounts', most: mostAccounts };
  }
  const account = await add(transaction, wish, !theirs.some(({ primary }) => primary));
  return concluded(transaction, 'linked', account, wish);
}

/** What an earlier try of this operation linked, though it may have been unlinked since. */
async function linkedBefore(transaction: Knex, wish: LinkWish): Promise<Account | null> {
  const [account] = await query(
    transaction,
    accountRow,
    `select ${ACCOUNT_COLUMNS} from accounts
     where guild_id = :guildId and key in (
       select account_key from account_events where operation = :operation and type = 'linked')`,
    { guildId: wish.guildId, operation: wish.operation },
  );
  return account ?? null;
}

/**
 * The accounts that this player is: the one with the UUID; else, where either side has none, those of the name.
 * An account of this name with another UUID is somebody else, who has changed their name since.
 */
async function sameAccounts(transaction: Knex, { guildId, player }: LinkWish): Promise<Account[]> {
  const { edition, name, uuid } = player;
  const bindings = { guildId, edition, name: comparable(edition, name) };
  if (uuid === null) {
    return linkedAccounts(transaction, 'edition = :edition and name_lower = :name', bindings);
  }
  const known = await linkedAccounts(
    transaction,
    'edition = :edition and (uuid = :uuid or (uuid is null and name_lower = :name))',
    { ...bindings, uuid },
  );
  const exact = known.filter((account) => account.uuid === uuid);
  return exact.length > 0 ? exact : known;
}

async function add(transaction: Knex, wish: LinkWish, primary: boolean): Promise<Account> {
  const { guildId, userId, player, linkedBy, operation, actorId, reason, now } = wish;
  const { edition, uuid } = player;
  const name = storable(player.name);
  const [account] = await query(
    transaction,
    accountRow,
    `insert into accounts
       (guild_id, user_id, edition, name, name_lower, uuid, is_primary, linked_at, linked_by)
     values (:guildId, :userId, :edition, :name, :nameLower, :uuid, :primary, :now, :linkedBy)
     returning ${ACCOUNT_COLUMNS}`,
    {
      ...{ guildId, userId, edition, name, nameLower: comparable(edition, name), uuid, primary },
      ...{ now: iso(now), linkedBy },
    },
  );
  if (account === undefined) throw new Error('The account was not stored.');
  const data = { name, uuid, proven: linkedBy === null };
  await tellOfAccounts(transaction, [
    { account, type: 'linked', at: now, operation, actorId, reason, data },
  ]);
  return account;
}

/** The user has the account, and it is to be on the whitelists, unless an earlier try did that long ago. */
async function concluded(
  transaction: Knex,
  outcome: 'linked' | 'already-yours',
  account: Account,
  { guildId, userId, serverIds, now }: LinkWish,
): Promise<Linked> {
  const servers = await watchedServers(transaction, guildId, serverIds);
  await putOnWhitelists(transaction, {
    ...{ guildId, serverKeys: servers.map(({ key }) => key), again: false, now },
    ...{ which: 'key = :key', bindings: { key: account.key } },
  });
  const theirs = await linkedAccounts(transaction, 'user_id = :userId', { guildId, userId });
  return {
    outcome,
    account,
    primary: theirs.find(({ primary }) => primary) ?? account,
    serverIds: await serversToTell(transaction, [account.key]),
  };
}
