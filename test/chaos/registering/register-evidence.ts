import type { InteractionState, JournalEntry } from '../../../sandbox';
import type { Kill } from '../castle/castle';
import type { Disturbance } from '../evidence/check-answers';
import type { Asked, PeopleRecord } from '../people/record';
import type { ToldEnd } from './words';
import type { WhitelistCommand } from './whitelist-command';

/** One attempt to register, by the records. Instants are milliseconds since the epoch. */
export interface Attempt {
  readonly registrationId: string;
  readonly startedAt: number;
  readonly userId: string;
  readonly name: string;
  /** Its events, in order. */
  readonly events: readonly string[];
  /** Of its success. */
  readonly accountKey: number | null;
}

/** A run of a workflow, as Temporal lists it. */
export interface Run {
  readonly workflowId: string;
  readonly type: string;
  readonly status: string;
  /** The search attribute: how a registration ended. */
  readonly ended: string | null;
}

export interface AccountRow {
  readonly key: number;
  readonly userId: string;
  readonly name: string;
  readonly uuid: string | null;
  /** The member of staff who linked it; `null`: it was proven. */
  readonly linkedBy: string | null;
  readonly isLinked: boolean;
}

/** An account was linked or unlinked, in the order in which that was recorded. */
export interface AccountChange {
  readonly accountKey: number;
  readonly name: string;
  readonly type: 'linked' | 'unlinked';
  readonly at: number;
  /** The attempt or the workflow that did it. */
  readonly operation: string;
}

/** Somebody who may have accounts. */
export interface SeenPerson {
  readonly id: string;
  readonly isMember: boolean;
  readonly hasRole: boolean;
  /** Every end that they can read, in the answers, in direct messages, and in the channel for all. */
  readonly told: readonly { readonly name: string | null; readonly end: ToldEnd }[];
}

/** A game server, by its own memory. */
export interface SeenServer {
  readonly id: string;
  readonly whitelist: readonly string[];
  readonly commands: readonly WhitelistCommand[];
}

/** An entry of `whitelist_entries`. */
export interface EntryRow {
  readonly serverId: string;
  readonly name: string;
  readonly wanted: boolean;
  readonly settled: boolean;
  readonly error: string | null;
}

/** Something that was kept or printed, in which no secret may stand. */
export interface KeptText {
  readonly where: string;
  readonly text: string;
}

/** Everything that can be seen from the outside, at one moment. */
export interface RegisterEvidence {
  readonly attempts: readonly Attempt[];
  readonly runs: readonly Run[];
  readonly accounts: readonly AccountRow[];
  readonly changes: readonly AccountChange[];
  readonly entries: readonly EntryRow[];
  readonly persons: readonly SeenPerson[];
  readonly servers: readonly SeenServer[];
  /** Every code that the bot sent to Discord. */
  readonly codes: ReadonlySet<string>;
  readonly texts: readonly KeptText[];
  readonly interactions: readonly (Asked & { readonly state: InteractionState })[];
  readonly journal: readonly JournalEntry[];
  readonly people: PeopleRecord;
  readonly kills: readonly Kill[];
  readonly disturbances: readonly Disturbance[];
}
