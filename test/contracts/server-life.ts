import type { Answered, FailureCause } from '../../src/domain/watching/check';
import { observe, newServerState, type Observation } from '../../src/domain/watching/observe';
import { DEFAULT_THRESHOLDS, type Thresholds } from '../../src/domain/watching/server';
import type { ServerFact, ServerState, SpanKind } from '../../src/domain/watching/server-state';
import { statusOf } from '../../src/domain/watching/status';

/** Lives of a watched server for tests: what was observed, and what followed. */

export const ANSWER: Answered = {
  up: true,
  latencyMs: 20,
  players: 3,
  maxPlayers: 20,
  version: '1.21.4',
  motd: 'A server',
};

export const up = (at: number): Observation => ({ type: 'check', at, result: ANSWER });

export const down = (at: number, cause: FailureCause = 'timed-out'): Observation => ({
  type: 'check',
  at,
  result: { up: false, cause },
});

export const blind = (from: number, to: number): Observation => ({ type: 'blind', from, to });

export interface ServerMoment {
  readonly before: ServerState;
  readonly seen: Observation;
  readonly after: ServerState;
  readonly facts: readonly ServerFact[];
}

export function liveServer(
  seen: readonly Observation[],
  { start = 0, thresholds = DEFAULT_THRESHOLDS }: { start?: number; thresholds?: Thresholds } = {},
): readonly ServerMoment[] {
  let state = newServerState(start);
  return seen.map((observation) => {
    const before = state;
    const { state: after, facts } = observe(before, thresholds, observation);
    state = after;
    return { before, seen: observation, after, facts };
  });
}

export const factsOf = (moments: readonly ServerMoment[]): readonly ServerFact[] =>
  moments.flatMap(({ facts }) => facts);

export interface ClosedSpan {
  readonly kind: SpanKind;
  readonly from: number;
  readonly to: number;
}

/** The spans that the facts tell of, up to an end; those without length are left out. */
export function spansOf(
  facts: readonly ServerFact[],
  { start, end }: { readonly start: number; readonly end: number },
): readonly ClosedSpan[] {
  const begun = [
    { kind: 'unknown' as SpanKind, from: start },
    ...facts.flatMap((fact) =>
      fact.type === 'span' ? [{ kind: fact.kind, from: fact.since }] : [],
    ),
  ];
  return begun
    .map(({ kind, from }, index) => ({ kind, from, to: begun[index + 1]?.from ?? end }))
    .filter(({ from, to }) => to !== from);
}

/** What a life led to in the end, and what was told on the way. */
export function live(...seen: Observation[]) {
  const moments = liveServer(seen);
  const last = moments.at(-1);
  if (last === undefined) throw new Error('nothing was observed');
  const facts = factsOf(moments);
  return {
    state: last.after,
    status: statusOf(last.after),
    facts,
    outages: facts.filter(({ type }) => type.startsWith('outage')),
    spans: spansOf(facts, { start: 0, end: last.after.asOf }),
  };
}
