import { describe, expect, it } from '@jest/globals';
import { down, factsOf, liveServer, spansOf, up } from '../../../test/contracts/server-life';
import { blindTime } from './blind-time';
import { catchUp } from './catch-up';
import { newServerState, type Observation } from './observe';
import type { MaintenanceWindow } from './server';

const S = 1_000;
const MIN = 60 * S;
const INTERVAL = 30 * S;
const START = Date.UTC(2026, 0, 6, 12);

describe('a gap between checks', () => {
  it('is nothing while a round may be late', () => {
    expect(blindTime(START, INTERVAL, START + INTERVAL)).toBeNull();
    expect(blindTime(START, INTERVAL, START + 2 * INTERVAL + 15 * S)).toBeNull();
  });

  it('is unseen from the end of the interval of which the last check speaks', () => {
    const now = START + 2 * INTERVAL + 15 * S + 1;
    expect(blindTime(START, INTERVAL, now)).toEqual({ from: START + INTERVAL, to: now });
  });

  it('is none before the first check, nor when a clock is put back', () => {
    expect(blindTime(null, INTERVAL, START)).toBeNull();
    expect(blindTime(START, INTERVAL, START - 60 * MIN)).toBeNull();
  });
});

const window = (from: number, to: number): MaintenanceWindow => ({
  id: `${from}`,
  title: 'Move',
  startsAt: from,
  durationMs: to - from,
  rule: null,
  timeZone: 'UTC',
});

/** What a round sees of a server that was last up at the start, and the spans after it found it up. */
function round(now: number, maintenance: readonly MaintenanceWindow[] = []) {
  const before: Observation[] = [up(START)];
  const state = liveServer(before, { start: START })[0]?.after ?? newServerState(START);
  const seen = catchUp(state, { intervalMs: INTERVAL, maintenance }, now);
  const facts = factsOf(liveServer([...before, ...seen, up(now)], { start: START }));
  return {
    seen,
    spans: spansOf(facts, { start: START, end: now }).map(({ kind, from, to }) => [
      kind,
      (from - START) / MIN,
      (to - START) / MIN,
    ]),
  };
}

describe('a round', () => {
  it('observes nothing beside its checks in the steady state', () => {
    expect(round(START + INTERVAL).seen).toEqual([]);
  });

  it('sees that nobody looked', () => {
    expect(round(START + 10 * MIN).spans).toEqual([
      ['up', 0, 0.5],
      ['unknown', 0.5, 10],
    ]);
  });

  it('sees maintenance that began and ended since the last check', () => {
    const short = window(START + 5 * S, START + 20 * S);
    expect(round(START + INTERVAL, [short]).seen).toEqual([
      { type: 'maintenance-began', at: START + 5 * S },
      { type: 'maintenance-ended', at: START + 20 * S },
    ]);
  });

  it('knows maintenance also of a time in which nobody looked', () => {
    const planned = window(START + 2 * MIN, START + 5 * MIN);
    expect(round(START + 10 * MIN, [planned]).spans).toEqual([
      ['up', 0, 0.5],
      ['unknown', 0.5, 2],
      ['maintenance', 2, 5],
      ['unknown', 5, 10],
    ]);
  });

  it('knows maintenance that goes on', () => {
    const planned = window(START + 2 * MIN, START + 50 * MIN);
    expect(round(START + 10 * MIN, [planned]).spans).toEqual([
      ['up', 0, 0.5],
      ['unknown', 0.5, 2],
      ['maintenance', 2, 10],
    ]);
  });

  it('ends maintenance whose window somebody took away, and begins one that was on when it came', () => {
    const began: Observation = { type: 'maintenance-began', at: START };
    const state = liveServer([up(START), began], { start: START })[1]?.after;
    if (state === undefined) throw new Error('nothing was observed');
    const now = START + INTERVAL;
    expect(catchUp(state, { intervalMs: INTERVAL, maintenance: [] }, now)).toEqual([
      { type: 'maintenance-ended', at: now },
    ]);
    expect(round(now, [window(START - MIN, START + MIN)]).seen).toEqual([
      { type: 'maintenance-began', at: now },
    ]);
  });

  it('says the same again when it is tried again', () => {
    const planned = window(START + 2 * MIN, START + 5 * MIN);
    const now = START + 10 * MIN;
    const moments = liveServer([up(START), ...round(now, [planned]).seen], { start: START });
    const after = moments.at(-1)?.after;
    if (after === undefined) throw new Error('nothing was observed');
    const server = { intervalMs: INTERVAL, maintenance: [planned] };
    const twice = liveServer(
      [up(START), ...round(now, [planned]).seen, ...catchUp(after, server, now)],
      {
        start: START,
      },
    );
    expect(factsOf(twice)).toEqual(factsOf(moments));
  });

  it('finds a server that stayed down in one outage', () => {
    const outage = [up(START), down(START + INTERVAL), down(START + 34 * S), down(START + 38 * S)];
    const state = liveServer(outage, { start: START }).at(-1)?.after ?? newServerState(START);
    const now = START + 60 * MIN;
    const seen = catchUp(state, { intervalMs: INTERVAL, maintenance: [] }, now);
    const facts = factsOf(
      liveServer([...outage, ...seen, down(now), down(now + 4 * S), down(now + 8 * S)], {
        start: START,
      }),
    );
    expect(facts.filter(({ type }) => type === 'outage-began')).toHaveLength(1);
  });
});
