import type { Knex } from 'knex';
import { z } from 'zod';
import type { Account } from '../../domain/registration/account';
import { evolveRegistration } from '../../domain/registration/evolve';
import type { LinkRefusal, RegistrationEvent } from '../../domain/registration/registration';
import { instant, iso, query } from '../watching/query';
import { changeAccounts, linkedAccounts } from './guild-accounts';
import { linkAccount } from './link';
import type { Concluded, Proven } from './recording';
import { recordRegistration } from './registrations-recorder';
import { ACCOUNT_COLUMNS, accountRow } from './rows';
import { serversToTell } from './whitelist-wishes';

/** @see AccountsRecorder.recordProof */
export function recordProof(knex: Knex, proven: Proven): Promise<Concluded> {
  return changeAccounts(knex, proven.guildId, async (transaction): Promise<Concluded> => {
    const before = await concludedBefore(transaction, proven);
    if (before !== null) return before;
    const { registrationId, guildId, state, player, mostAccounts, serverIds, now } = proven;
    const linked = await linkAccount(transaction, {
      ...{ guildId, userId: state.userId, player, mostAccounts, serverIds, now },
      ...{ actorId: state.userId, linkedBy: null, reason: null },
      operation: `${registrationId}/${state.startedAt}`,
    });
    const reject = async (rejection: LinkRefusal): Promise<Concluded> => {
      await conclude(transaction, proven, { type: 'rejected', rejection });
      return { outcome: 'rejected', rejection, at: now };
    };
    switch (linked.outcome) {
      case 'taken':
        return reject({ refused: 'taken' });
      case 'most-accounts':
        return reject({ refused: 'most-accounts', most: linked.most });
      case 'linked':
      case 'already-yours':
        await conclude(transaction, proven, { type: 'verified' }, linked.account.key);
        return { ...linked, outcome: 'linked', at: now };
    }
  });
}

/** Records how it ended. */
async function conclude(
  transaction: Knex,
  { registrationId, guildId, state, events, now }: Proven,
  event: RegistrationEvent,
  accountKey?: number,
): Promise<void> {
  const last = { seq: state.seq + 1, at: now, event };
  await recordRegistration(
    transaction,
    {
      ...{ registrationId, guildId, state: evolveRegistration(state, event, now) },
      events: [...events, last],
    },
    { ...(accountKey !== undefined && { accountKey }) },
  );
}

const conclusion = z.union([
  z.object({
    type: z.literal('verified'),
    at: instant,
    data: z.object({ accountKey: z.number() }),
  }),
  z.object({
    type: z.literal('rejected'),
    at: instant,
    data: z.object({
      rejection: z.discriminatedUnion('refused', [
        z.object({ refused: z.literal('taken') }),
        z.object({ refused: z.literal('most-accounts'), most: z.number() }),
      ]),
    }),
  }),
]);

/** What an earlier try recorded, whatever happened since. */
async function concludedBefore(transaction: Knex, proven: Proven): Promise<Concluded | null> {
  const { registrationId, guildId, state } = proven;
  const [found] = await query(
    transaction,
    conclusion,
    `select type, at, data from registration_events
     where registration_id = :id and started_at = :startedAt and type in ('verified', 'rejected')`,
    { id: registrationId, startedAt: iso(state.startedAt) },
  );
  if (found === undefined) return null;
  const { at } = found;
  if (found.type === 'rejected') {
    return { outcome: 'rejected', rejection: found.data.rejection, at };
  }
  const account = await accountEver(transaction, found.data.accountKey);
  const { userId } = state;
  const theirs = await linkedAccounts(transaction, 'user_id = :userId', { guildId, userId });
  return {
    ...{ outcome: 'linked', account, at },
    primary: theirs.find(({ primary }) => primary) ?? account,
    serverIds: await serversToTell(transaction, [account.key]),
  };
}

/** Also if it was unlinked since. */
async function accountEver(transaction: Knex, key: number): Promise<Account> {
  const [account] = await query(
    transaction,
    accountRow,
    `select ${ACCOUNT_COLUMNS} from accounts where key = :key`,
    { key },
  );
  if (account === undefined) throw new Error(`The account ${key} is gone.`);
  return account;
}
