import type { Knex } from 'knex';
import { z } from 'zod';
import type { Account } from '../../domain/registration/account';
import { query, whole } from '../watching/query';
import { changeAccounts, linkedAccounts, tellOfAccounts } from './guild-accounts';
import type { AccountDeed } from './recording';

/** @see AccountsRecorder.makePrimary */
export function makePrimary(
  knex: Knex,
  wish: AccountDeed & {
    readonly guildId: string;
    readonly userId: string;
    readonly accountKey: number;
  },
): Promise<{ readonly account: Account; readonly changed: boolean } | null> {
  const { guildId, userId, accountKey, now, operation, actorId, reason } = wish;
  return changeAccounts(knex, guildId, async (transaction) => {
    const theirs = await linkedAccounts(transaction, 'user_id = :userId', { guildId, userId });
    const chosen = theirs.find(({ key }) => key === accountKey);
    if (chosen === undefined) return null;
    if (chosen.primary) {
      return { account: chosen, changed: await madeBefore(transaction, operation, accountKey) };
    }
    const account = { ...chosen, primary: true };
    await transaction('accounts')
      .where({ guild_id: guildId, user_id: userId, is_primary: true })
      .update('is_primary', false);
    await transaction('accounts').where('key', accountKey).update('is_primary', true);
    await tellOfAccounts(transaction, [
      { account, type: 'made-primary', at: now, operation, actorId, reason },
    ]);
    return { account, changed: true };
  });
}

/** Whether an earlier try of this operation did it. */
async function madeBefore(transaction: Knex, operation: string, key: number): Promise<boolean> {
  const found = await query(
    transaction,
    z.object({ id: whole }),
    `select id from account_events
     where operation = :operation and type = 'made-primary' and account_key = :key`,
    { operation, key },
  );
  return found.length > 0;
}
