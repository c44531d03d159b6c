import type { Account, Edition } from '../../domain/registration/account';
import type { RegistrationStatus } from '../../domain/registration/registration';

/**
 * What is read of registrations, accounts and whitelists: for the bot, the web server and the worker. Instants
 * are milliseconds since the epoch. Names are compared as `nameKey` says.
 */

/** A page of a list. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  /** What the following page is asked with; `null`: this is the last one. */
  readonly next: number | null;
}

/** A registration whose code can be typed, or was just typed. */
export interface PendingRegistration {
  /** The workflow's id. */
  readonly registrationId: string;
  readonly guildId: string;
  readonly userId: string;
  readonly edition: Edition;
  /** As the user wrote it. */
  readonly name: string;
  /** Keyed hash of the newest code. */
  readonly codeHash: string;
  /** The workflow may not have noticed that this instant is over. */
  readonly endsAt: number;
}

export interface PendingQuery {
  readonly guildId: string;
  readonly edition: Edition;
  /** Only what comes after this one in the order of the list: the last one of the page before. */
  readonly after?: { readonly name: string; readonly registrationId: string };
  readonly limit: number;
}

/** In the order of the lower-case names. */
export interface PendingPage {
  /** As of these registrations; `pendingVersions` tells another one as soon as anything changed. */
  readonly version: number;
  readonly registrations: readonly PendingRegistration[];
  /** Whether there are more than these. */
  readonly more: boolean;
}

/** The newest attempt of a user for a name. */
export interface RegistrationRow {
  readonly registrationId: string;
  /** Of the attempt; later attempts have higher ones. Lists are in its order. */
  readonly number: number;
  readonly guildId: string;
  readonly userId: string;
  readonly edition: Edition;
  readonly name: string;
  readonly status: RegistrationStatus;
  /** How many codes were given out. */
  readonly codes: number;
  readonly wrong: number;
  readonly startedAt: number;
  /** When it times out; `null` while no code was sent. */
  readonly endsAt: number | null;
  /** `null`: it is going on. */
  readonly endedAt: number | null;
  /** Until when the user cannot try this name again, be it over or not; `null`: it never was locked. */
  readonly lockedUntil: number | null;
}

/** Newest first. */
export interface RegistrationQuery {
  readonly guildId: string;
  readonly userId?: string;
  /** Only those that are going on. */
  readonly open?: boolean;
  /** Only smaller numbers: the `next` of the page before. */
  readonly before?: number;
  readonly limit: number;
}

/** One line of the history of a user's attempts for a name. It holds no code and no hash. */
export interface RegistrationHistoryEntry {
  /** When the attempt began that it belongs to. */
  readonly startedAt: number;
  readonly seq: number;
  /** A `RegistrationEvent`'s type. */
  readonly type: string;
  readonly at: number;
  /** Who did it; `null` when nobody did, or a player in the game. */
  readonly actorId: string | null;
  /** The other parts of the event. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** What decides whether somebody may begin to register a name. */
export interface Standing {
  /** How many accounts the user has. */
  readonly accounts: number;
  /** Whether one of them has this name already. */
  readonly alreadyYours: boolean;
  /** Until when the user cannot try this name; `null`: they can. */
  readonly lockedUntil: number | null;
  /**
   * Wrong codes of earlier attempts for this name, from `wrongSince` on, and since the last one that was
   * verified.
   */
  readonly wrong: number;
}

export interface StandingQuery {
  /** The workflow's id. */
  readonly registrationId: string;
  readonly guildId: string;
  readonly userId: string;
  readonly edition: Edition;
  readonly name: string;
  /** When the attempt began that is in question; it is not an earlier one. */
  readonly startedAt: number;
  readonly wrongSince: number;
  readonly now: number;
}

/** What reads registrations. */
export interface RegistrationsReader {
  /** Oldest first; several users may claim the same name. */
  pendingByName(guildId: string, edition: Edition, name: string): Promise<PendingRegistration[]>;
  /**
   * For who types a code too late, or after it was locked. Newest first.
   *
   * @param since only those that ended then or later
   */
  endedByName(
    guildId: string,
    edition: Edition,
    name: string,
    since: number,
  ): Promise<RegistrationRow[]>;
  pending(query: PendingQuery): Promise<PendingPage>;
  /**
   * How often what is pending changed: one small look for everybody who waits for news.
   *
   * @returns in the order of the question; 0 before the first change
   */
  pendingVersions(
    of: readonly { readonly guildId: string; readonly edition: Edition }[],
  ): Promise<number[]>;
  standing(query: StandingQuery): Promise<Standing>;
  registration(registrationId: string): Promise<RegistrationRow | null>;
  registrations(query: RegistrationQuery): Promise<Page<RegistrationRow>>;
  /** Of all attempts; oldest first. */
  registrationEvents(registrationId: string): Promise<RegistrationHistoryEntry[]>;
}

/** In the order of the lower-case names. What is absent does not filter. */
export interface AccountQuery {
  readonly guildId: string;
  readonly userId?: string;
  /** How the names begin, in any case. */
  readonly prefix?: string;
  readonly edition?: Edition;
  /** Only what follows the account with this key: the `next` of the page before. */
  readonly after?: number;
  readonly limit: number;
}

/** One line of the history of accounts. */
export interface AccountHistoryEntry {
  readonly id: number;
  readonly accountKey: number;
  /** Whose account it was. */
  readonly userId: string;
  readonly type: 'linked' | 'unlinked' | 'renamed' | 'identified' | 'made-primary';
  readonly at: number;
  /** Who did it; `null`: nobody, as when a new name was seen in the game. */
  readonly actorId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  /** The reason, in a person's own words. */
  readonly note: string | null;
}

/** Newest first; of one user, or of one account. */
export type AccountHistoryQuery = {
  readonly guildId: string;
  /** Only smaller ids: the `next` of the page before. */
  readonly before?: number;
  readonly limit: number;
} & ({ readonly userId: string } | { readonly accountKey: number });

/** What reads accounts: those that are linked now, if nothing else is said. */
export interface AccountsReader {
  /** All of them: the primary one first, then in the order in which they were linked. */
  accountsOf(guildId: string, userId: string): Promise<Account[]>;
  accounts(query: AccountQuery): Promise<Page<Account>>;
  /** `null`: there is none, or it was unlinked. */
  account(guildId: string, key: number): Promise<Account | null>;
  /** @param uuid lower case with hyphens */
  accountByUuid(guildId: string, edition: Edition, uuid: string): Promise<Account | null>;
  /** More than one where names changed hands and nobody saw their former owners since. */
  accountsByName(guildId: string, edition: Edition, name: string): Promise<Account[]>;
  accountEvents(query: AccountHistoryQuery): Promise<Page<AccountHistoryEntry>>;
}

/** Whether an account is to be on a server's whitelist, and whether the server knows. */
export interface WhitelistEntry {
  readonly accountKey: number;
  readonly userId: string;
  readonly edition: Edition;
  /** As it is to be given to the server; it may differ from the account's name now. */
  readonly name: string;
  readonly uuid: string | null;
  readonly wanted: boolean;
  /** Changes with every wish; also the order of the wishes. */
  readonly version: number;
  /** Whether the server was told of this wish, or refused it for good. */
  readonly settled: boolean;
  readonly wantedAt: number;
  readonly appliedAt: number | null;
  /** Why the last try failed; `null`: it did not. */
  readonly error: string | null;
}

export interface WhitelistPlace {
  readonly guildId: string;
  /** The administrator's word for the server. */
  readonly serverId: string;
}

export interface WhitelistQuery extends WhitelistPlace {
  /** Only what follows the account with this key: the `next` of the page before. */
  readonly after?: number;
  readonly limit: number;
}

/** What reads whitelists. A server that is not watched (any more) has an empty one. */
export interface WhitelistReader {
  /** What is to be told to the server, in the order in which it was wanted. */
  whitelistPending(place: WhitelistPlace & { readonly limit: number }): Promise<WhitelistEntry[]>;
  /** How much of it there is. */
  countWhitelistPending(place: WhitelistPlace): Promise<number>;
  /** Everything that is recorded, to be compared with the server's own list; in the order of the keys. */
  whitelist(query: WhitelistQuery): Promise<Page<WhitelistEntry>>;
}

/** Everything that reads. Every method throws `DatabaseUnavailable` while Postgres is away. */
export type RegistrationReader = RegistrationsReader & AccountsReader & WhitelistReader;
