import type { Account, Edition, Player } from '../../domain/registration/account';
import type {
  LinkRefusal,
  RegistrationEvent,
  RegistrationState,
} from '../../domain/registration/registration';
import type { WhitelistPlace } from './reading';

/**
 * What is recorded of registrations, accounts and whitelists: for the worker alone. Instants are milliseconds
 * since the epoch. Every method may be tried again and happens once, and throws `DatabaseUnavailable` while
 * Postgres is away.
 */

/** A code that is about to be shown to the user. */
export interface NewCode {
  /** The workflow's id. */
  readonly registrationId: string;
  readonly guildId: string;
  readonly userId: string;
  readonly edition: Edition;
  readonly name: string;
  /** When this attempt began: workflow ids are used again, and what belongs to an earlier one is outdated. */
  readonly startedAt: number;
  /** The how many-th code of the attempt, from 1. */
  readonly number: number;
  /** The how many-th try to send it, from 1: of several tries the last one's code is worth something. */
  readonly tried: number;
  readonly codeHash: string;
  readonly endsAt: number;
}

export type CodeStored =
  | 'stored'
  /** A later code, a later try or a later attempt is there already: this one is not to be shown. */
  | 'outdated'
  /** The attempt is over. */
  | 'over';

/** Events that happened, with the state that they led to. */
export interface RecordedRegistration {
  readonly registrationId: string;
  readonly guildId: string;
  readonly state: RegistrationState;
  readonly events: readonly {
    readonly seq: number;
    readonly at: number;
    readonly event: RegistrationEvent;
  }[];
}

export interface RegistrationsRecorder {
  /**
   * Keeps the hash of a code, before the code is shown. It may come before anything else of its attempt. From
   * then on the attempt is pending until its end is recorded, also if a later try refuses to begin it.
   *
   * @throws UnknownGuild
   */
  storeCode(code: NewCode): Promise<CodeStored>;
  /**
   * Adds the events that the history lacks (without any hash), and brings the row to the state. The hash goes
   * when the attempt ends; a lock stays when the next attempt begins.
   *
   * @returns `outdated`: a later state, or a later attempt, is there already, and only the history was added to
   * @throws UnknownGuild
   */
  recordRegistration(change: RecordedRegistration): Promise<'recorded' | 'outdated'>;
}

/** Why an account changes hands. */
export interface AccountDeed {
  /** The same for every try, and never the same for anything else: a workflow's id that is used once. */
  readonly operation: string;
  /** The member of staff, or the user who asked; `null`: nobody, as when somebody left. */
  readonly actorId: string | null;
  readonly reason: string | null;
  readonly now: number;
}

export interface Link extends AccountDeed {
  readonly guildId: string;
  readonly userId: string;
  readonly player: {
    readonly edition: Edition;
    readonly name: string;
    /** `null`: nobody knows it yet, and a member of staff answers for the name. */
    readonly uuid: string | null;
  };
  /** The member of staff who answers for it. */
  readonly actorId: string;
  /** `null`: no limit. */
  readonly mostAccounts: number | null;
  /** The servers on whose whitelists it is to be. */
  readonly serverIds: readonly string[];
}

export type Linked =
  | {
      /** `already-yours`: a new name, or the UUID that was unknown, was taken over. */
      readonly outcome: 'linked' | 'already-yours';
      readonly account: Account;
      /** The user's primary account now. */
      readonly primary: Account;
      /** The servers that are to be told. */
      readonly serverIds: readonly string[];
    }
  /** For staff: nobody else may learn whose it is. */
  | { readonly outcome: 'taken'; readonly userId: string }
  | { readonly outcome: 'most-accounts'; readonly most: number };

/** The right code was typed, in the state `linking`. */
export interface Proven extends RecordedRegistration {
  readonly player: Player;
  readonly mostAccounts: number;
  /** The servers on whose whitelists the account is to be. */
  readonly serverIds: readonly string[];
  readonly now: number;
}

export type Concluded =
  | {
      readonly outcome: 'linked';
      readonly account: Account;
      readonly primary: Account;
      /** The servers that are to be told. */
      readonly serverIds: readonly string[];
      /** Of the event `verified` that was recorded. */
      readonly at: number;
    }
  | {
      readonly outcome: 'rejected';
      readonly rejection: LinkRefusal;
      /** Of the event `rejected` that was recorded. */
      readonly at: number;
    };

export type UnlinkCause = 'user' | 'staff' | 'left' | 'banned' | 'expired';

/** Which accounts: one; those of a user with a name; all of a user. */
export type UnlinkChoice =
  | {
      readonly accountKey: number;
      /** Only if it is theirs. */
      readonly userId?: string;
    }
  | {
      readonly userId: string;
      readonly name: string;
      /** `null`: any. */
      readonly edition: Edition | null;
    }
  | {
      readonly userId: string;
      /** Only what they had then, or were registering; absent: all that they have. */
      readonly begunBy?: number;
    };

export interface Unlink extends AccountDeed {
  readonly guildId: string;
  readonly which: UnlinkChoice;
  readonly cause: UnlinkCause;
}

export interface Unlinked {
  /** As they were. Empty: there was none (any more), or it is somebody else's. */
  readonly accounts: readonly Account[];
  /** The primary one of those that the user still has. */
  readonly primary: Account | null;
  /** The servers that are to be told. */
  readonly serverIds: readonly string[];
}

export interface PlayerSeen {
  readonly guildId: string;
  readonly edition: Edition;
  readonly name: string;
  readonly uuid: string;
  readonly now: number;
}

export interface AccountsRecorder {
  /**
   * Gives the account to the user who typed the right code, with the whitelists that it is to be on, and records
   * the registration as verified; or as rejected. Two users who prove the same account at once: one gets it. Two
   * accounts of one user at once: never more than the most. The same answer for every try.
   *
   * @param proven with the events up to `proven`; the last one is added here
   * @throws UnknownGuild
   */
  recordProof(proven: Proven): Promise<Concluded>;
  /**
   * Gives the account to a user, with the whitelists that it is to be on, unless it is another's. The user's first
   * one becomes the primary one.
   *
   * @throws UnknownGuild
   */
  link(link: Link): Promise<Linked>;
  /** Takes accounts away, and off every whitelist. The oldest of those that are left becomes the primary one. */
  unlink(unlink: Unlink): Promise<Unlinked>;
  /** @returns `changed`: whether another one was; `null`: it is not theirs */
  makePrimary(
    deed: AccountDeed & {
      readonly guildId: string;
      readonly userId: string;
      readonly accountKey: number;
    },
  ): Promise<{ readonly account: Account; readonly changed: boolean } | null>;
  /**
   * Follows a change of name by the UUID. A whitelist that has not been told yet is told the new name.
   *
   * @returns the account with the name from before, if it changed; `null`: nobody linked it
   */
  playerSeen(
    seen: PlayerSeen,
  ): Promise<{ readonly account: Account; readonly before: string | null } | null>;
}

export interface WhitelistWish {
  readonly guildId: string;
  readonly accountKey: number;
  readonly serverIds: readonly string[];
  readonly wanted: boolean;
  readonly now: number;
}

export interface WhitelistWished {
  /** The servers that are still to be told of the account. */
  readonly pending: readonly string[];
  /** Nobody watches servers with these ids (any more). */
  readonly unknown: readonly string[];
}

/** A wish as it was read by `whitelistPending`. */
export interface WhitelistAnswer extends WhitelistPlace {
  readonly accountKey: number;
  readonly version: number;
  readonly now: number;
}

export interface WhitelistRecorder {
  /**
   * Wants the account on these servers' whitelists, or off them; what is wanted already stays as it is. An
   * account that was unlinked meanwhile is not wanted on any.
   */
  wantWhitelisted(wish: WhitelistWish): Promise<WhitelistWished>;
  /**
   * Wants every account of these editions on the server's whitelist: for a server that is new, or lost its list.
   *
   * @param again also tells the server of those that it was told of before
   * @returns how many it is to be told of
   */
  wantEveryone(
    place: WhitelistPlace & {
      readonly editions: readonly Edition[];
      readonly again: boolean;
      readonly now: number;
    },
  ): Promise<number>;
  /** Tells the server of these accounts again, since its list differs. @returns how many */
  repairWhitelist(
    place: WhitelistPlace & { readonly accountKeys: readonly number[]; readonly now: number },
  ): Promise<number>;
  /**
   * The server did it. An entry that is off the list is forgotten then.
   *
   * @returns `superseded`: something else is wanted by now, and still to be told
   */
  whitelistApplied(answer: WhitelistAnswer): Promise<'applied' | 'superseded'>;
  /**
   * It could not be done.
   *
   * @param answer `final`: the server refuses it, so that another try would be in vain
   */
  whitelistFailed(
    answer: WhitelistAnswer & { readonly error: string; readonly final: boolean },
  ): Promise<void>;
}

/** Everything that writes. */
export type RegistrationRecorder = RegistrationsRecorder & AccountsRecorder & WhitelistRecorder;
