import type { Answered, FailureCause } from './check';

/** What is shown of a server; derived by `statusOf` (status.ts). */
export type ServerStatus =
  'up' | 'suspect' | 'down' | 'recovering' | 'flapping' | 'unknown' | 'maintenance';

/** What counts in uptime: every instant of a server's life has exactly one. */
export type SpanKind = 'up' | 'down' | 'unknown' | 'maintenance';

/** What the checks say, whether or not a maintenance window is on. */
export type Verdict = 'up' | 'down' | 'unknown';

/** What is known of a server between two checks; instants in milliseconds since the epoch. */
export interface ServerState {
  /** The kind of span that the present instant belongs to as far as it is confirmed. */
  readonly kind: SpanKind;
  readonly since: number;
  /** What is confirmed; the same as `kind` unless a maintenance window hides it. */
  readonly verdict: Verdict;
  readonly verdictSince: number;
  /** The newest verdict that was not `unknown`; `null`: there was none yet. */
  readonly lastSeen: 'up' | 'down' | null;
  /**
   * Checks in a row that speak against `verdict`: their first instant, their number and their last cause
   * (`null`: they are answers).
   */
  readonly doubt: {
    readonly since: number;
    readonly checks: number;
    readonly cause: FailureCause | null;
  } | null;
  /** Failures in a row among the answers in `doubt`, which end that run only when they are sure themselves. */
  readonly setback: {
    readonly since: number;
    readonly checks: number;
    readonly cause: FailureCause;
  } | null;
  /** When it changed between up and down, newest last; only those that still count for flapping. */
  readonly changes: readonly number[];
  readonly flappingSince: number | null;
  /** Whether the outage that is going on was announced: exactly one end follows. */
  readonly outageSince: number | null;
  /** How much of that outage we could not see, as far as sight has returned. */
  readonly outageUnknownMs: number;
  readonly cause: FailureCause | null;
  readonly checkedAt: number | null;
  readonly lastAnswer: Answered | null;
  /** The newest instant that was observed: nothing that follows lies before it. */
  readonly asOf: number;
}

/**
 * What followed from a check. `since` is when it began, which may be before the check that confirmed it.
 * Spans and incidents are made from these facts and from nothing else.
 */
export type ServerFact =
  /** The span before ends at `since`, this one begins; `since` never lies before the last span's beginning. */
  | { readonly type: 'span'; readonly kind: SpanKind; readonly since: number }
  | {
      readonly type: 'outage-began';
      readonly since: number;
      readonly confirmedAt: number;
      readonly cause: FailureCause;
    }
  | { readonly type: 'outage-cause'; readonly at: number; readonly cause: FailureCause }
  /** `until`: the first answer. `unknownMs`: how much of the outage we could not see. */
  | {
      readonly type: 'outage-ended';
      readonly since: number;
      readonly until: number;
      readonly unknownMs: number;
    }
  | { readonly type: 'flapping-began'; readonly at: number }
  | { readonly type: 'flapping-ended'; readonly at: number };
