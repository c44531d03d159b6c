import type { Knex } from 'knex';
import type { Account } from '../../domain/registration/account';
import { whileAvailable } from '../connection';
import { storable } from '../storable';
import { execute, iso, json, query } from '../watching/query';
import { ACCOUNT_COLUMNS, accountRow } from './rows';
import { throwUnknownGuild } from './unknown-guild';

/**
 * Changes accounts of a guild in one transaction. A guild's changes wait for each other: whose account it is,
 * how many somebody has and which is the primary one are then questions with one answer.
 *
 * @throws UnknownGuild, DatabaseUnavailable
 */
export function changeAccounts<Outcome>(
  knex: Knex,
  guildId: string,
  change: (transaction: Knex) => Promise<Outcome>,
): Promise<Outcome> {
  return whileAvailable(() =>
    knex
      .transaction(async (transaction) => {
        await transaction.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
          `accounts of ${guildId}`,
        ]);
        return change(transaction);
      })
      .catch(throwUnknownGuild(guildId)),
  );
}

/** The accounts that are linked and fit, oldest first. */
export function linkedAccounts(
  transaction: Knex,
  where: string,
  bindings: Readonly<Record<string, Knex.RawBinding>>,
): Promise<Account[]> {
  return query(
    transaction,
    accountRow,
    `select ${ACCOUNT_COLUMNS} from accounts
     where guild_id = :guildId and unlinked_at is null and ${where} order by linked_at, key`,
    bindings,
  );
}

/** A line of the history that is to be written. */
export interface AccountFact {
  readonly account: Account;
  readonly type: 'linked' | 'unlinked' | 'renamed' | 'identified' | 'made-primary';
  readonly at: number;
  /** `null`: it is not tried again, or another try finds nothing left to do. */
  readonly operation: string | null;
  readonly actorId: string | null;
  readonly data?: object;
  readonly reason?: string | null;
}

/** Adds to the history; what an earlier try of the operation added is not added again. */
export async function tellOfAccounts(
  transaction: Knex,
  facts: readonly AccountFact[],
): Promise<void> {
  if (facts.length === 0) return;
  const rows = facts.map(({ account, type, at, operation, actorId, data = {}, reason }) => ({
    ...{ guild_id: account.guildId, account_key: account.key, user_id: account.userId },
    ...{ type, at: iso(at), operation, actor_id: actorId, data },
    note: typeof reason === 'string' ? storable(reason) : null,
  }));
  const columns = 'guild_id, account_key, user_id, type, at, operation, actor_id, data, note';
  await execute(
    transaction,
    `insert into account_events (${columns})
     select ${columns} from jsonb_to_recordset(:rows) as e (guild_id text, account_key int,
       user_id text, type text, at timestamptz, operation text, actor_id text, data jsonb, note text)
     on conflict (operation, type, account_key) do nothing`,
    { rows: json(rows) },
  );
}
