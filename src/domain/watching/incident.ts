import type { FailureCause } from './check';

/**
 * An outage of one server, or of several on one host: what its workflow carries, and what its message shows.
 */

export type IncidentStatus = 'open' | 'acknowledged' | 'recovered';

/** One server's part in it. */
export interface AffectedServer {
  readonly serverKey: number;
  readonly name: string;
  /** First failure. */
  readonly since: number;
  readonly cause: FailureCause;
  /** First answer after it; `null`: still down. */
  readonly until: number | null;
  /** How much of it we could not see. */
  readonly unknownMs: number;
  /** It is watched no longer: `until` is when that was, and nobody knows whether it came back. */
  readonly removed?: true;
}

/** Fixed when the incident opens: the guild's configuration as it was. */
export interface IncidentPolicy {
  /** Where the administration is told; `null`: nowhere, only the records tell. */
  readonly alertChannelId: string | null;
  /** Pinged once, at the beginning. */
  readonly pingRoleIds: readonly string[];
  /** Pinged once, when nobody acknowledged in time; empty: nobody above. */
  readonly seniorRoleIds: readonly string[];
  readonly raiseAfterMs: number | null;
  /** After so long since the beginning, and then since the reminder before; the last one repeats. */
  readonly remindAfterMs: readonly number[];
  /** Where users are told; `null`: nowhere. */
  readonly publicChannelId: string | null;
}

export interface IncidentState {
  readonly status: IncidentStatus;
  readonly seq: number;
  readonly openedAt: number;
  /** In the order in which they fell; a server that fell again while the incident was open is in it twice. */
  readonly servers: readonly AffectedServer[];
  readonly policy: IncidentPolicy;
  readonly acknowledged: { readonly by: string; readonly at: number } | null;
  readonly raisedAt: number | null;
  readonly reminders: number;
  readonly remindedAt: number | null;
  /** Whether any of its servers goes up and down; `flappingKeys` are those. */
  readonly flapping: boolean;
  readonly flappingKeys: readonly number[];
  /** When the last server came back. */
  readonly recoveredAt: number | null;
}

/** News of a round. The same news twice is once. */
export type IncidentNews =
  | { readonly type: 'server-down'; readonly server: AffectedServer }
  | { readonly type: 'cause-changed'; readonly serverKey: number; readonly cause: FailureCause }
  | {
      readonly type: 'server-up';
      readonly serverKey: number;
      readonly until: number;
      readonly unknownMs: number;
      /** It is watched no longer: this ends its outage without an answer. */
      readonly removed?: true;
    }
  | { readonly type: 'flapping'; readonly serverKey: number; readonly flapping: boolean };

export type IncidentCommand =
  | IncidentNews
  | { readonly type: 'acknowledge'; readonly userId: string }
  /** `note` is sealed. */
  | { readonly type: 'note'; readonly userId: string; readonly note: string }
  | { readonly type: 'deadline' };

export type IncidentRefusal =
  { readonly refused: 'already-acknowledged'; readonly by: string } | { readonly refused: 'over' };

export type IncidentEvent =
  | IncidentNews
  | { readonly type: 'acknowledged'; readonly by: string }
  | { readonly type: 'noted'; readonly by: string; readonly note: string }
  | { readonly type: 'reminded' }
  | { readonly type: 'raised' }
  | { readonly type: 'recovered'; readonly at: number };

export interface RecordedIncidentEvent {
  readonly seq: number;
  readonly at: number;
  readonly event: IncidentEvent;
}

export interface IncidentDeadline {
  readonly kind: 'raise' | 'remind';
  readonly at: number;
}
