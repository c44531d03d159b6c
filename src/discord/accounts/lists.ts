import type { AccountFilter } from './ids';
import { configurationOf, type Call } from '../interactions/call';
import { accountCard, ACCOUNT_HISTORY_PAGE } from '../views/account-card';
import { ACCOUNTS_PAGE, lookupAnswer, ownAccountsAnswer } from '../views/account-list';
import { answer, type Answer } from '../views/answer';

/** Registrations under way that a list shows; one person has seldom more than one. */
const MOST_REGISTRATIONS = 5;

/** There is no such account (any more). */
export const NO_ACCOUNT: Answer = answer(
  'There is no such account here (any more). `/account lookup` finds those that there are.',
);

/**
 * A page of one's own accounts.
 *
 * @param page counted from 0; one that is not there (any more) is the last one
 * @throws DatabaseUnavailable, ConfigurationUnavailable
 */
export async function ownAccountsPage(call: Call, page: number): Promise<Answer> {
  const { accounts } = call.parts;
  const userId = call.member.user.id;
  const [configuration, all, { rows }] = await Promise.all([
    configurationOf(call),
    accounts.accountsOf(call.guildId, userId),
    accounts.registrations({
      guildId: call.guildId,
      userId,
      open: true,
      limit: MOST_REGISTRATIONS,
    }),
  ]);
  const pages = Math.max(1, Math.ceil(all.length / ACCOUNTS_PAGE));
  const shown = Math.min(page, pages - 1);
  return ownAccountsAnswer({
    accounts: all.slice(shown * ACCOUNTS_PAGE, (shown + 1) * ACCOUNTS_PAGE),
    registrations: rows,
    page: shown,
    pages,
    count: all.length,
    most: configuration?.registration?.mostAccounts ?? null,
  });
}

/**
 * A page of everybody's accounts, for staff.
 *
 * @param after what follows the account with this key; `null`: from the first one on
 * @throws DatabaseUnavailable
 */
export async function lookupPage(
  call: Call,
  filter: AccountFilter,
  after: number | null,
): Promise<Answer> {
  const { rows, next } = await call.parts.accounts.accounts({
    guildId: call.guildId,
    limit: ACCOUNTS_PAGE,
    ...(filter.userId !== null && { userId: filter.userId }),
    ...(filter.prefix !== null && { prefix: filter.prefix }),
    ...(after !== null && { after }),
  });
  return lookupAnswer({ accounts: rows, filter, after, next });
}

/** One account with a page of its history, for staff. @throws DatabaseUnavailable */
export async function accountPage(
  call: Call,
  accountKey: number,
  before: number | null,
): Promise<Answer> {
  const { accounts } = call.parts;
  const account = await accounts.account(call.guildId, accountKey);
  if (account === null) return NO_ACCOUNT;
  const { rows, next } = await accounts.accountEvents({
    guildId: call.guildId,
    accountKey,
    limit: ACCOUNT_HISTORY_PAGE,
    ...(before !== null && { before }),
  });
  return accountCard({ account, history: rows, before, next });
}
