import { describe, expect, it } from '@jest/globals';
import { spansOf, type ClosedSpan } from '../../../test/contracts/server-life';
import { lostAtReturns, SURELY_SEEN, truthOf, type Truth } from '../../../test/simulation/oracle';
import { scenarioOf, SECOND, type Scenario } from '../../../test/simulation/scenario';
import { isWithin, type Stretch } from '../../../test/simulation/stretch';
import { INTERVAL, LATEST, watch, type Watched } from '../../../test/simulation/watcher';
import { datedBy, stepDates } from '../../../test/simulation/watcher-clock';
import type { ServerFact } from './server-state';
import { uptimeOf } from './uptime';

/**
 * Thirty days of twenty servers, with outages, blips, lost answers, flapping, maintenance, our own stops, cut
 * connections and a clock that is put on and back. What the rules made of it is compared with the truth.
 *
 * Excluded by rule: what was down for less than a round and its two further probes take (45 s) may be missed,
 * and of what nobody could see nothing is claimed. `SIMULATION_SEED` repeats or varies the days.
 */

const SERVERS = 20;
const SEEDS = process.env['SIMULATION_SEED']?.split(',').map(Number) ?? [4];

/** A truth shows in the records one interval, and the lateness of a round, after it began. */
const LATE = INTERVAL + LATEST;
/** An unknown time begins with the doubts before it, and an outage with answers that were lost just before. */
const EARLY = 14 * SECOND;

type Ended = Extract<ServerFact, { type: 'outage-ended' }>;
interface Outage extends Stretch {
  readonly unknownMs: number;
}

function outagesOf({ facts, state }: Watched, end: number): readonly Outage[] {
  const ended = facts
    .filter((fact): fact is Ended => fact.type === 'outage-ended')
    .map(({ since, until, unknownMs }) => ({ from: since, to: until, unknownMs }));
  const open = state.outageSince;
  return open === null ? ended : [...ended, { from: open, to: end, unknownMs: 0 }];
}

/** Where the records say something else than the truth. */
function differences(ours: readonly ClosedSpan[], truth: Truth['spans']): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const mine of ours) {
    for (const real of truth) {
      const from = Math.max(mine.from, real.from);
      const to = Math.min(mine.to, real.to);
      if (to > from && mine.kind !== real.kind) found.push({ from, to });
    }
  }
  return found;
}

const inside = (one: Stretch, other: Stretch): boolean =>
  one.from >= other.from && one.to <= other.to;

describe.each(SEEDS)('thirty days, SIMULATION_SEED=%d', (seed) => {
  const scenario: Scenario = scenarioOf(seed, SERVERS);
  const end = datedBy(scenario, scenario.to);
  const steps = stepDates(scenario);
  // The records do not know when between two checks a clock was put on or back: up to one interval early.
  const earliness = (edge: number) =>
    steps.some((date) => Math.abs(date - edge) <= LATE) ? LATE : EARLY;
  // What a clock leaps over without anybody noticing (30 s at most) looks like lateness.
  const lateness = (edge: number) => (earliness(edge) === LATE ? 2 * LATE : LATE);
  const endsEarly = (edge: number) => (earliness(edge) === LATE ? LATE : SECOND);
  const watched = watch(scenario).map((one) => {
    const truth = truthOf(scenario, one.story);
    const lost = lostAtReturns(scenario, one.story, one.lost);
    return {
      ...one,
      truth,
      outages: outagesOf(one, end),
      spans: spansOf(one.facts, { start: scenario.from, end }),
      // Each edge of the truth, and each answer that was lost at one, explains a difference for one interval.
      explained: [
        ...[...truth.spans.map(({ from }) => from), ...lost, ...steps].map((edge) => ({
          from: edge - earliness(edge),
          to: edge + LATE,
        })),
        // A return that one answer had told of is not sure yet when sight is lost: it is unknown too.
        ...truth.spans
          .filter(({ kind }) => kind === 'unknown')
          .map(({ from }) => ({ from: from - LATE, to: from })),
      ].sort((one, other) => one.from - other.from),
    };
  });

  it('happen: the days are full of everything', () => {
    const down = watched.flatMap(({ story }) => story.down);
    const lost = watched.flatMap((one) => one.lost);
    const clamped = scenario.clockSteps.filter(({ by }) => by < 0);
    expect(down.length).toBeGreaterThan(500);
    expect(lost.length).toBeGreaterThan(5_000);
    expect(clamped.length).toBeGreaterThan(0);
    expect(watched.flatMap(({ story }) => story.flaps).length).toBeGreaterThan(5);
    expect(watched.flatMap(({ story }) => story.maintenance).length).toBeGreaterThan(20);
  });

  it('no alarm is without an outage', () => {
    const groundless = watched.flatMap(({ facts, truth, story }) =>
      facts
        .filter(
          (fact) =>
            fact.type === 'outage-began' &&
            !truth.seenDown.some(
              ({ from, to }) => fact.since >= from - earliness(from) && fact.since <= to + SECOND,
            ),
        )
        .map((fact) => ({ server: story.key, fact })),
    );
    expect(groundless).toEqual([]);
  });

  it('no outage is missed, and none is noticed later than one interval after it began', () => {
    const missed = watched.flatMap(({ outages, truth, story }) =>
      truth.seenDown
        .filter(({ really }) => really >= SURELY_SEEN)
        .filter(
          ({ from, to }) =>
            !outages.some(
              (one) => one.from <= from + lateness(from) && one.to >= to - endsEarly(to),
            ),
        )
        .map((outage) => ({ server: story.key, outage })),
    );
    expect(missed).toEqual([]);
  });

  it('an outage is confirmed within fifteen seconds of its first failure', () => {
    const slow = watched.flatMap(({ facts, story }) =>
      facts.filter(
        (fact) =>
          fact.type === 'outage-began' &&
          fact.confirmedAt - fact.since > 15 * SECOND &&
          // One that follows maintenance begins at its end, which no probe has to wait for.
          !story.maintenance.some(({ to }) => datedBy(scenario, to) === fact.since),
      ),
    );
    // A clock may be put on between two probes.
    expect(slow.length).toBeLessThanOrEqual(1);
  });

  it('no two outages are told as one', () => {
    const merged = watched.flatMap(({ outages, truth, story }) =>
      truth.surelyUp
        .filter((stretch) => outages.some((one) => inside(stretch, one)))
        .map((stretch) => ({ server: story.key, stretch })),
    );
    expect(merged).toEqual([]);
  });

  it('there are as many outages as there were', () => {
    const counts = watched.map(({ outages, truth }) => ({
      ours: outages.length,
      right: outages.length >= truth.outages.fewest && outages.length <= truth.outages.most,
      ...truth.outages,
    }));
    expect(counts.filter(({ right }) => !right)).toEqual([]);
  });

  it('at each moment the records say what was true, one interval late at most', () => {
    const wrong = watched.flatMap(({ spans, truth, explained, story }) =>
      differences(spans, truth.spans)
        .filter((stretch) => {
          let reached = stretch.from;
          for (const { from, to } of explained) if (from <= reached && to > reached) reached = to;
          return reached < stretch.to;
        })
        .map((stretch) => ({ server: story.key, stretch })),
    );
    expect(wrong).toEqual([]);
  });

  it('downtime and uptime are the truth', () => {
    const window = { from: scenario.from, to: end };
    const off = watched
      .map(({ spans, truth, story }) => {
        const ours = uptimeOf(spans, window);
        const real = uptimeOf(truth.spans, window);
        return {
          server: story.key,
          downMs: ours.downMs - real.downMs,
          unknownMs: ours.unknownMs - real.unknownMs,
          share: Math.abs((ours.uptime ?? 0) - (real.uptime ?? 0)),
          // Both ends of an outage are late by half an interval on average, and what is late cancels out.
          within: INTERVAL * Math.sqrt(truth.spans.length),
        };
      })
      .filter(
        ({ downMs, unknownMs, share, within }) =>
          Math.abs(downMs) > within || Math.abs(unknownMs) > 2 * within || share > 0.000_5,
      );
    expect(off).toEqual([]);
  });

  it('of a time in which nobody could see nothing is claimed', () => {
    const blind = scenario.stops.map(({ from, to }) => ({
      from: datedBy(scenario, from) + LATE,
      to: datedBy(scenario, to),
    }));
    const claimed = watched.flatMap(({ spans }) =>
      spans.filter(
        (span) =>
          (span.kind === 'up' || span.kind === 'down') &&
          blind.some(
            (stretch) =>
              isWithin(Math.max(span.from, stretch.from), [span]) &&
              isWithin(Math.max(span.from, stretch.from), [stretch]),
          ),
      ),
    );
    expect(claimed).toEqual([]);
  });
});
