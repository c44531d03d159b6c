import type { Account } from '../../src/domain/registration/account';
import type { AccountInput } from './contract';

/** The effects of a change of accounts. Each may be tried any number of times and happens once. */
export interface AccountActivities {
  /**
   * Records the change, with the whitelists that follow from it, in one transaction. The same answer for every
   * try; the workflow's id is the operation's.
   */
  changeAccounts(input: AccountInput): Promise<AccountOutcome>;
  /**
   * Does what follows: roles and nicknames, the whitelists' workflows, the end of registrations that run, the
   * guild's log channel, and the answer to whoever asked: in the interaction while its token lives, else by
   * direct message. What Discord forbids is noted and does not keep the rest from being done.
   */
  followAccounts(change: AccountsChanged): Promise<void>;
}

export interface AccountsChanged {
  readonly input: AccountInput;
  readonly outcome: AccountOutcome;
}

export type AccountOutcome =
  | {
      readonly outcome: 'changed';
      /** Whose accounts they are, or were. */
      readonly userId: string;
      readonly linked: readonly Account[];
      readonly unlinked: readonly Account[];
      /** The primary one of those that the user has now. */
      readonly primary: Account | null;
      /** Servers whose whitelists are to be brought in step. */
      readonly serverIds: readonly string[];
    }
  /** Everything was as it was wanted. */
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'refused'; readonly refusal: AccountRefusal };

export type AccountRefusal =
  | { readonly refused: 'not-configured' }
  | { readonly refused: 'invalid-name' }
  /** There is no such account, or it is somebody else's: nobody learns which. */
  | { readonly refused: 'no-such-account' }
  /** Only staff are told whose it is. */
  | { readonly refused: 'taken'; readonly userId: string }
  | { readonly refused: 'most-accounts'; readonly most: number };
