/**
 * What a case is: the state that commands change and that every screen shows.
 * Instants are milliseconds since the Unix epoch (UTC); ids of people and channels are Discord snowflakes.
 */

/** Where a case stands. `refused`, `failed` and `ended` are final. */
export type CaseStatus =
  | 'opening'
  | 'refused'
  | 'failed'
  | 'open'
  | 'claimed'
  | 'resolved'
  | 'closing'
  | 'closed'
  | 'reopening'
  | 'ended';

export const CASE_STATUSES: readonly CaseStatus[] = [
  'opening',
  'refused',
  'failed',
  'open',
  'claimed',
  'resolved',
  'closing',
  'closed',
  'reopening',
  'ended',
];

/** Somebody who gives a command, with the rights that they had when they gave it. */
export interface Actor {
  readonly userId: string;
  /** Ids of the teams to which the person's roles belong. */
  readonly teams: readonly string[];
  /** Whether the person has one of the guild's `admin` roles or Discord's Administrator permission. */
  readonly admin: boolean;
}

/** What differs between kinds and categories of cases: data, not code. It is fixed when a case opens. */
export interface CasePolicy {
  /** The handling team first, then its senior team, that one's senior team, and so on. */
  readonly teamChain: readonly string[];
  /** When nobody writes: warn, then close. Both count from the last activity. `null`: never. */
  readonly inactivity: { readonly warnAfterMs: number; readonly closeAfterMs: number } | null;
  /** For how long after its closing a case may be reopened; 0: not at all. */
  readonly reopenWindowMs: number;
}

/** Who first answered the opener from among the staff, and when. */
export interface FirstAnswer {
  readonly userId: string;
  readonly at: number;
}

/** Who raised the case: a person, or the service level's deadline. */
export type RaisedBy = { readonly userId: string } | { readonly serviceLevel: true };

export type CloseCause = 'opener' | 'staff' | 'inactivity' | 'channel-gone';

export interface CaseState {
  readonly status: CaseStatus;
  /** How many events led here; the next event gets this number plus 1. */
  readonly seq: number;
  readonly openerId: string;
  /** 0 until the case was accepted. */
  readonly number: number;
  readonly policy: CasePolicy;
  /** Index into `policy.teamChain`: which team handles the case now. */
  readonly teamLevel: number;
  readonly assigneeId: string | null;
  readonly raised: { readonly by: RaisedBy; readonly at: number } | null;
  readonly channelId: string | null;
  /** The message in the channel that shows the case and carries its buttons. */
  readonly messageId: string | null;
  /** 1 for the first channel, one more for each reopening that made a new one. */
  readonly generation: number;
  readonly openedAt: number;
  readonly lastActivityAt: number;
  /** When the opener was warned of inactivity since the last activity; `null`: not yet. */
  readonly warnedAt: number | null;
  readonly firstAnswer: FirstAnswer | null;
  readonly resolvedAt: number | null;
  readonly closedAt: number | null;
  readonly closeCause: CloseCause | null;
}

const NO_POLICY: CasePolicy = { teamChain: [], inactivity: null, reopenWindowMs: 0 };

/** The state before anything happened: somebody asked for a case at `now`. */
export function newCase(openerId: string, now: number): CaseState {
  return {
    status: 'opening',
    seq: 0,
    openerId,
    number: 0,
    policy: NO_POLICY,
    teamLevel: 0,
    assigneeId: null,
    raised: null,
    channelId: null,
    messageId: null,
    generation: 1,
    openedAt: now,
    lastActivityAt: now,
    warnedAt: null,
    firstAnswer: null,
    resolvedAt: null,
    closedAt: null,
    closeCause: null,
  };
}

/** The id of the team that handles the case now; `null` while it is not accepted. */
export function handlingTeam(state: CaseState): string | null {
  return state.policy.teamChain[state.teamLevel] ?? null;
}

/** The id of the team above the handling one; `null` when there is none. */
export function seniorTeam(state: CaseState): string | null {
  return state.policy.teamChain[state.teamLevel + 1] ?? null;
}
