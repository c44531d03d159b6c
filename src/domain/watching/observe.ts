import type { CheckResult, FailureCause } from './check';
import type { Thresholds } from './server';
import type { ServerFact, ServerState } from './server-state';

/** What is seen of a server, or that nothing is seen. Instants are milliseconds since the epoch. */
export type Observation =
  | { readonly type: 'check'; readonly at: number; readonly result: CheckResult }
  /** We were stopped, or cut off: checks of that time, if there were any, say nothing. */
  | { readonly type: 'blind'; readonly from: number; readonly to: number }
  | { readonly type: 'maintenance-began'; readonly at: number }
  | { readonly type: 'maintenance-ended'; readonly at: number };

export interface Observed {
  readonly state: ServerState;
  /** In the order in which they are to be applied; empty in the steady state. */
  readonly facts: readonly ServerFact[];
}

/** A server that nobody has looked at: `unknown` until something is confirmed. */
export function newServerState(now: number): ServerState {
  return {
    kind: 'unknown',
    since: now,
    verdict: 'unknown',
    verdictSince: now,
    lastSeen: null,
    doubt: null,
    setback: null,
    changes: [],
    flappingSince: null,
    outageSince: null,
    outageUnknownMs: 0,
    cause: null,
    checkedAt: null,
    lastAnswer: null,
    asOf: now,
  };
}

/**
 * What an observation changes, and which facts follow. The first span of a server, `unknown` from
 * `newServerState` on, is not among the facts; every later one is.
 *
 * An instant that lies before what was already observed (a clock was put back) counts as that newest instant:
 * spans never overlap and never have a negative length; they may have none.
 */
export function observe(state: ServerState, thresholds: Thresholds, seen: Observation): Observed {
  switch (seen.type) {
    case 'check':
      return check(state, thresholds, Math.max(seen.at, state.asOf), seen.result);
    case 'blind':
      return loseSight(state, seen.from, seen.to);
    case 'maintenance-began':
      return beginMaintenance(state, Math.max(seen.at, state.asOf));
    case 'maintenance-ended':
      return endMaintenance(state, Math.max(seen.at, state.asOf));
  }
}

function check(state: ServerState, limits: Thresholds, at: number, result: CheckResult): Observed {
  const checked: ServerState = {
    ...state,
    checkedAt: at,
    asOf: at,
    lastAnswer: result.up ? result : state.lastAnswer,
  };
  return result.up ? answered(checked, limits, at) : failed(checked, limits, at, result.cause);
}

function answered(state: ServerState, limits: Thresholds, at: number): Observed {
  if (state.verdict === 'up') return agree(state, limits, at, null);
  // An answer is proof: it ends a run of failures that was not sure yet.
  const before = state.doubt?.cause === null ? state.doubt : { since: at, checks: 0 };
  const run = { since: before.since, checks: before.checks + 1, cause: null };
  return run.checks < answersWanted(state, limits)
    ? { state: { ...state, doubt: run, setback: null }, facts: [] }
    : confirmUp(settle({ ...state, ...NO_DOUBT }, run.since), limits, at, run.since);
}

/** A failure is none: packets get lost, also while a server comes back. Only `downAfter` in a row are. */
function failed(state: ServerState, limits: Thresholds, at: number, cause: FailureCause): Observed {
  if (state.verdict === 'down' && state.doubt === null) return agree(state, limits, at, cause);
  const amongAnswers = state.doubt?.cause === null;
  const before = (amongAnswers ? state.setback : state.doubt) ?? { since: at, checks: 0 };
  const run = { since: before.since, checks: before.checks + 1, cause };
  if (run.checks < limits.downAfter) {
    return {
      state: { ...state, ...(amongAnswers ? { setback: run } : { doubt: run }) },
      facts: [],
    };
  }
  if (state.verdict === 'down') return agree(state, limits, at, cause);
  return confirmDown(settle({ ...state, ...NO_DOUBT }, run.since), limits, at, run);
}

const NO_DOUBT = { doubt: null, setback: null } as const;

/** So many answers in a row make it sure. One is enough where no outage has to be ended. */
function answersWanted(state: ServerState, limits: Thresholds): number {
  return state.outageSince === null ? 1 : limits.upAfter;
}

/** The check says what was known: doubts are over, an outage's cause may be another one, flapping may be over. */
function agree(
  state: ServerState,
  limits: Thresholds,
  at: number,
  cause: FailureCause | null,
): Observed {
  const newCause = cause !== null && cause !== state.cause;
  if (state.doubt === null && state.flappingSince === null && !newCause)
    return { state, facts: [] };
  const facts: ServerFact[] = [];
  if (newCause && state.outageSince !== null) facts.push({ type: 'outage-cause', at, cause });
  const certain = { ...state, ...NO_DOUBT, cause: cause ?? state.cause };
  const calm = certain.flappingSince !== null && at - certain.verdictSince >= calmAfterMs(limits);
  if (!calm) return { state: certain, facts };
  facts.push({ type: 'flapping-ended', at });
  const steady = { ...certain, flappingSince: null };
  return steady.verdict === 'up'
    ? endOutage(steady, steady.verdictSince, facts)
    : { state: steady, facts };
}

/**
 * Flapping is over when a server was seen up, or seen down, without a break for half of the time in which
 * changes are counted: then it changes far less often than what made it flapping.
 */
function calmAfterMs(limits: Thresholds): number {
  return limits.flapWithinMs / 2;
}

/** Sight is back from `at` on: what of the outage was hidden until then is counted. */
function settle(state: ServerState, at: number): ServerState {
  if (state.verdict !== 'unknown' || state.outageSince === null) return state;
  return { ...state, outageUnknownMs: state.outageUnknownMs + at - state.verdictSince };
}

function confirmUp(before: ServerState, limits: Thresholds, at: number, since: number): Observed {
  const state = turn(before, limits, { at, since, verdict: 'up' });
  const facts = [...spanOf(state), ...newFlapping(before, state)];
  return state.flappingSince === null ? endOutage(state, since, facts) : { state, facts };
}

function confirmDown(
  before: ServerState,
  limits: Thresholds,
  at: number,
  { since, cause }: { readonly since: number; readonly cause: FailureCause },
): Observed {
  const turned = { ...turn(before, limits, { at, since, verdict: 'down' }), cause };
  const began = turned.outageSince === null && turned.kind !== 'maintenance';
  const state = began ? { ...turned, outageSince: turned.since, outageUnknownMs: 0 } : turned;
  const facts = [...spanOf(state)];
  if (began) facts.push({ type: 'outage-began', since: state.since, confirmedAt: at, cause });
  else if (state.outageSince !== null && cause !== before.cause) {
    facts.push({ type: 'outage-cause', at, cause });
  }
  return { state, facts: [...facts, ...newFlapping(before, state)] };
}

/** The confirmed verdict is another one from `since` on. Restarts during maintenance are not flapping. */
function turn(
  state: ServerState,
  limits: Thresholds,
  { at, since, verdict }: { at: number; since: number; verdict: 'up' | 'down' },
): ServerState {
  const seen: ServerState = { ...state, verdict, verdictSince: since, lastSeen: verdict };
  if (state.kind === 'maintenance') return seen;
  // A run may have begun before the window that hid it ended: the window's time stays the window's.
  const spanSince = Math.max(since, state.since);
  const changed = state.lastSeen !== null && state.lastSeen !== verdict;
  const changes = changed
    ? [...state.changes, spanSince].filter((change) => change > spanSince - limits.flapWithinMs)
    : state.changes;
  const flaps = changed && changes.length >= limits.flapChanges;
  return {
    ...seen,
    kind: verdict,
    since: spanSince,
    // More than these can never be asked for.
    changes: changes.slice(-limits.flapChanges),
    flappingSince: state.flappingSince ?? (flaps ? at : null),
  };
}

function spanOf(state: ServerState): ServerFact[] {
  if (state.kind === 'maintenance') return [];
  return [{ type: 'span', kind: state.kind, since: state.since }];
}

function newFlapping(before: ServerState, after: ServerState): ServerFact[] {
  if (before.flappingSince !== null || after.flappingSince === null) return [];
  return [{ type: 'flapping-began', at: after.flappingSince }];
}

function endOutage(state: ServerState, until: number, before: readonly ServerFact[]): Observed {
  const { outageSince: since, outageUnknownMs: unknownMs } = state;
  const over = { ...state, cause: null, outageSince: null, outageUnknownMs: 0 };
  return {
    state: over,
    facts: since === null ? before : [...before, { type: 'outage-ended', since, until, unknownMs }],
  };
}

/**
 * What was doubtful when sight was lost stays so: the unknown time begins with the doubt. It lasts, whatever
 * `to` says, until a check is confirmed.
 */
function loseSight(state: ServerState, from: number, to: number): Observed {
  const asOf = Math.max(from, to, state.asOf);
  const since = Math.max(state.since, state.doubt?.since ?? Math.max(from, state.asOf));
  const blind = { ...state, ...NO_DOUBT, asOf };
  if (state.verdict === 'unknown') return { state: blind, facts: [] };
  const unseen: ServerState = { ...blind, verdict: 'unknown', verdictSince: since };
  if (state.kind === 'maintenance') return { state: unseen, facts: [] };
  const lost: ServerState = { ...unseen, kind: 'unknown', since };
  return { state: lost, facts: spanOf(lost) };
}

/**
 * An outage that is under way goes on as it is: it was announced, and the truth about it is when the server
 * answers again. Its time within the window does not count as downtime, since the span is `maintenance`.
 */
function beginMaintenance(state: ServerState, at: number): Observed {
  if (state.kind === 'maintenance') return { state: { ...state, asOf: at }, facts: [] };
  return {
    state: { ...state, kind: 'maintenance', since: at, asOf: at },
    facts: [{ type: 'span', kind: 'maintenance', since: at }],
  };
}

/**
 * A server that did not answer in the window may have come back since its last check. So nothing is sure until
 * the next ones: if they fail as well, it is down from the window's end on.
 */
function endMaintenance(state: ServerState, at: number): Observed {
  if (state.kind !== 'maintenance') return { state: { ...state, asOf: at }, facts: [] };
  const unannounced = state.lastSeen === 'down' && state.outageSince === null;
  const over = { ...state, since: at, asOf: at, lastSeen: unannounced ? null : state.lastSeen };
  const doubtful = unannounced && state.verdict === 'down';
  const after: ServerState = doubtful
    ? {
        ...over,
        kind: 'unknown',
        verdict: 'unknown',
        verdictSince: at,
        doubt: { since: at, checks: 0, cause: state.cause ?? 'timed-out' },
      }
    : { ...over, kind: state.verdict };
  return { state: after, facts: spanOf(after) };
}
