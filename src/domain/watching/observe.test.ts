import { describe, expect, it } from '@jest/globals';
import { blind, down, factsOf, live, liveServer, up } from '../../../test/contracts/server-life';
import type { Observation } from './observe';
import { DEFAULT_THRESHOLDS } from './server';
import { needsAnotherProbe } from './status';

const S = 1_000;
const MIN = 60 * S;

describe('a server that is watched', () => {
  it('is unknown until it was seen, and up from its first answer on', () => {
    expect(live(blind(0, 10 * S)).status).toBe('unknown');
    expect(live(up(10 * S))).toMatchObject({
      status: 'up',
      facts: [{ type: 'span', kind: 'up', since: 10 * S }],
    });
  });

  it('begins an outage at the first of three failures, with the newest cause', () => {
    const { status, facts } = live(up(10 * S), down(40 * S), down(44 * S), down(48 * S, 'refused'));
    expect(status).toBe('down');
    expect(facts.slice(1)).toEqual([
      { type: 'span', kind: 'down', since: 40 * S },
      { type: 'outage-began', since: 40 * S, confirmedAt: 48 * S, cause: 'refused' },
    ]);
  });

  it('is suspect after a failure, and up again after an answer as if nothing had been', () => {
    expect(live(up(0), down(30 * S)).status).toBe('suspect');
    const { status, facts, spans } = live(up(0), down(30 * S), down(34 * S), up(38 * S));
    expect(status).toBe('up');
    expect(facts).toEqual([{ type: 'span', kind: 'up', since: 0 }]);
    expect(spans).toEqual([{ kind: 'up', from: 0, to: 38 * S }]);
  });

  it('is probed again while its failure is not sure, and at no other time', () => {
    const again = (...seen: Observation[]) => needsAnotherProbe(live(...seen).state);
    const outage = [up(0), down(30 * S), down(34 * S), down(38 * S)];
    expect(again(up(0))).toBe(false);
    expect(again(up(0), down(30 * S))).toBe(true);
    expect(again(down(30 * S))).toBe(true);
    expect(again(...outage)).toBe(false);
    expect(again(...outage, down(60 * S))).toBe(false);
    expect(again(...outage, up(60 * S))).toBe(false);
    expect(again(...outage, up(60 * S), down(90 * S))).toBe(true);
  });

  it('ends an outage at the first of two answers', () => {
    const outage = [up(0), down(30 * S), down(34 * S), down(38 * S)];
    expect(live(...outage, up(60 * S)).status).toBe('recovering');
    expect(live(...outage, up(60 * S), up(90 * S))).toMatchObject({
      status: 'up',
      outages: [
        { type: 'outage-began', since: 30 * S },
        { type: 'outage-ended', since: 30 * S, until: 60 * S, unknownMs: 0 },
      ],
      spans: [
        { kind: 'up', from: 0, to: 30 * S },
        { kind: 'down', from: 30 * S, to: 60 * S },
        { kind: 'up', from: 60 * S, to: 90 * S },
      ],
    });
  });

  it('comes back at the same moment when a packet is lost meanwhile', () => {
    const outage = [up(0), down(30 * S), down(34 * S), down(38 * S)];
    const { outages } = live(...outage, up(60 * S), down(90 * S), up(94 * S));
    expect(outages.at(-1)).toMatchObject({ type: 'outage-ended', until: 60 * S });
  });

  it('counts lost packets anew after each answer', () => {
    const outage = [up(0), down(30 * S), down(34 * S), down(38 * S)];
    const back = [up(60 * S), down(90 * S), down(94 * S), up(98 * S), down(120 * S), up(124 * S)];
    const thresholds = { ...DEFAULT_THRESHOLDS, upAfter: 3 };
    expect(factsOf(liveServer([...outage, ...back], { thresholds })).at(-1)).toMatchObject({
      type: 'outage-ended',
      until: 60 * S,
    });
  });

  it('is down still when it fails again for sure', () => {
    const outage = [up(0), down(30 * S), down(34 * S), down(38 * S)];
    const back = [up(60 * S), down(90 * S), down(94 * S), down(98 * S)];
    expect(live(...outage, ...back)).toMatchObject({
      status: 'down',
      outages: [{ type: 'outage-began' }],
    });
    expect(live(...outage, ...back, up(120 * S), up(150 * S)).outages.at(-1)).toMatchObject({
      until: 120 * S,
    });
  });

  it('tells when the cause of an outage becomes another one', () => {
    const outage = [up(0), down(30 * S), down(34 * S), down(38 * S)];
    expect(live(...outage, down(60 * S, 'refused'), down(90 * S, 'refused')).outages).toEqual([
      expect.objectContaining({ type: 'outage-began', cause: 'timed-out' }),
      { type: 'outage-cause', at: 60 * S, cause: 'refused' },
    ]);
  });

  it('keeps what it answered last', () => {
    expect(live(up(0), down(30 * S)).state.lastAnswer?.players).toBe(3);
  });
});

describe('a time in which we could not see', () => {
  it('is unknown from its beginning to the first answer', () => {
    expect(live(up(0), blind(30 * S, 10 * MIN), up(10 * MIN + 5 * S)).spans).toEqual([
      { kind: 'up', from: 0, to: 30 * S },
      { kind: 'unknown', from: 30 * S, to: 10 * MIN + 5 * S },
    ]);
  });

  it('is unknown to the first failure if those that follow confirm it', () => {
    const seen = live(
      up(0),
      blind(30 * S, 10 * MIN),
      down(10 * MIN),
      down(10 * MIN + 4 * S),
      down(10 * MIN + 8 * S),
    );
    expect(seen.spans).toMatchObject([
      { kind: 'up' },
      { kind: 'unknown', from: 30 * S, to: 10 * MIN },
      { kind: 'down', from: 10 * MIN },
    ]);
    expect(seen.outages).toMatchObject([{ type: 'outage-began', since: 10 * MIN }]);
  });

  it('does not become up or down by what is not sure', () => {
    const before = [up(0), blind(30 * S, 10 * MIN)];
    expect(live(...before, down(10 * MIN), down(10 * MIN + 4 * S)).status).toBe('unknown');
    expect(live(...before, down(10 * MIN), up(10 * MIN + 4 * S)).spans.at(-1)).toMatchObject({
      kind: 'unknown',
      to: 10 * MIN + 4 * S,
    });
  });

  it('begins with what was doubtful before it', () => {
    expect(live(up(0), down(30 * S), blind(60 * S, 10 * MIN)).spans).toEqual([
      { kind: 'up', from: 0, to: 30 * S },
      { kind: 'unknown', from: 30 * S, to: 10 * MIN },
    ]);
  });

  const outage = [up(0), down(30 * S), down(34 * S), down(38 * S)];

  it('divides no outage that goes on after it', () => {
    const { outages } = live(
      ...outage,
      blind(60 * S, 10 * MIN),
      down(10 * MIN),
      down(10 * MIN + 4 * S),
      down(10 * MIN + 8 * S),
      up(20 * MIN),
      up(20 * MIN + 30 * S),
    );
    expect(outages).toEqual([
      expect.objectContaining({ type: 'outage-began', since: 30 * S }),
      { type: 'outage-ended', since: 30 * S, until: 20 * MIN, unknownMs: 9 * MIN },
    ]);
  });

  it('counts with all others in which the same outage was hidden', () => {
    const { outages } = live(
      ...outage,
      blind(60 * S, 10 * MIN),
      down(10 * MIN),
      down(10 * MIN + 4 * S),
      down(10 * MIN + 8 * S),
      blind(15 * MIN, 20 * MIN),
      up(20 * MIN),
      up(21 * MIN),
    );
    expect(outages.at(-1)).toMatchObject({ until: 20 * MIN, unknownMs: 14 * MIN });
  });

  it('hides the end of an outage, which is then the first answer', () => {
    expect(
      live(...outage, blind(60 * S, 10 * MIN), up(10 * MIN), up(11 * MIN)).outages.at(-1),
    ).toEqual({ type: 'outage-ended', since: 30 * S, until: 10 * MIN, unknownMs: 9 * MIN });
  });

  it('after it an outage that seemed to end may turn out to go on', () => {
    const seen = live(
      ...outage,
      blind(60 * S, 10 * MIN),
      up(10 * MIN),
      down(11 * MIN),
      down(11 * MIN + 4 * S),
      down(11 * MIN + 8 * S),
    );
    expect(seen.status).toBe('down');
    expect(seen.outages).toHaveLength(1);
    expect(seen.spans.at(-1)).toMatchObject({ kind: 'down', from: 11 * MIN });
  });
});

describe('flapping', () => {
  /** Down for a minute, up for a minute, again and again. */
  const turns = (count: number): Observation[] =>
    Array.from({ length: count }, (_, turn) => {
      const at = (1 + 2 * turn) * MIN;
      const back = at + MIN;
      return [down(at), down(at + 4 * S), down(at + 8 * S), up(back), up(back + 30 * S)];
    }).flat();
  const everyMinute = (from: number, to: number): Observation[] =>
    Array.from({ length: (to - from) / MIN }, (_, minute) => up(from + minute * MIN));

  it('begins with the sixth change in half an hour and keeps the outage open', () => {
    const { status, facts, outages } = live(up(0), ...turns(5));
    expect(status).toBe('flapping');
    expect(facts.filter(({ type }) => type === 'flapping-began')).toEqual([
      { type: 'flapping-began', at: 6 * MIN + 30 * S },
    ]);
    expect(outages.map(({ type }) => type)).toEqual([
      ...['outage-began', 'outage-ended', 'outage-began', 'outage-ended', 'outage-began'],
    ]);
  });

  it('leaves the spans as they were', () => {
    const { spans } = live(up(0), ...turns(5));
    expect(spans.filter(({ kind }) => kind === 'down')).toHaveLength(5);
    expect(spans.every(({ from, to }) => to - from <= MIN)).toBe(true);
  });

  it('is over, and the outage with it, when the server was up for fifteen minutes', () => {
    const steady = 10 * MIN;
    const before = live(up(0), ...turns(5), ...everyMinute(11 * MIN, steady + 15 * MIN));
    expect(before.status).toBe('flapping');
    const after = live(up(0), ...turns(5), ...everyMinute(11 * MIN, steady + 16 * MIN));
    expect(after.status).toBe('up');
    expect(after.facts.slice(-2)).toEqual([
      { type: 'flapping-ended', at: steady + 15 * MIN },
      { type: 'outage-ended', since: 5 * MIN, until: steady, unknownMs: 0 },
    ]);
  });

  it('that ends down leaves the outage, which ends as any other', () => {
    const still = Array.from({ length: 20 }, (_, minute) => down((11 + minute) * MIN));
    const seen = live(up(0), ...turns(5), ...still, up(40 * MIN), up(41 * MIN));
    expect(seen.facts.slice(-3).map(({ type }) => type)).toEqual([
      'flapping-ended',
      'span',
      'outage-ended',
    ]);
    expect(seen.outages.at(-1)).toMatchObject({ since: 5 * MIN, until: 40 * MIN });
  });

  it('is not what a few outages in a day are', () => {
    const days = Array.from({ length: 10 }, (_, hour) => {
      const at = (hour + 1) * 60 * MIN;
      return [down(at), down(at + 4 * S), down(at + 8 * S), up(at + MIN), up(at + 2 * MIN)];
    }).flat();
    expect(live(up(0), ...days).facts.some(({ type }) => type === 'flapping-began')).toBe(false);
  });
});

describe('a clock that is put back', () => {
  it('makes no span of negative length', () => {
    const { spans, outages } = live(
      up(10 * MIN),
      down(2 * MIN),
      down(2 * MIN + 4 * S),
      down(2 * MIN + 8 * S),
      up(3 * MIN),
      up(11 * MIN),
    );
    expect(spans).toEqual([
      { kind: 'unknown', from: 0, to: 10 * MIN },
      { kind: 'up', from: 10 * MIN, to: 11 * MIN },
    ]);
    expect(outages).toMatchObject([
      { type: 'outage-began', since: 10 * MIN },
      { type: 'outage-ended', until: 10 * MIN },
    ]);
  });
});

it('has thresholds that can be others', () => {
  const thresholds = { ...DEFAULT_THRESHOLDS, downAfter: 2, upAfter: 1 };
  const facts = factsOf(
    liveServer([up(0), down(30 * S), down(34 * S), up(60 * S)], { thresholds }),
  );
  expect(facts.filter(({ type }) => type.startsWith('outage'))).toMatchObject([
    { since: 30 * S, confirmedAt: 34 * S },
    { until: 60 * S },
  ]);
});
