import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  blind,
  down,
  factsOf,
  liveServer,
  spansOf,
  up,
  type ServerMoment,
} from '../../../test/contracts/server-life';
import { FAILURE_CAUSES } from './check';
import type { Observation } from './observe';
import type { Thresholds } from './server';
import { needsAnotherProbe, statusOf } from './status';
import { uptimeOf } from './uptime';

/** What holds for every server, whatever is observed of it. fast-check prints the seed of what fails. */

const START = 1_000_000;
const RUNS = { numRuns: 400 };

const anyThresholds: fc.Arbitrary<Thresholds> = fc.record({
  downAfter: fc.integer({ min: 2, max: 4 }),
  upAfter: fc.integer({ min: 1, max: 3 }),
  flapChanges: fc.integer({ min: 2, max: 6 }),
  flapWithinMs: fc.integer({ min: 10, max: 2_000 }),
});

/** Time usually goes on, and now and then back. */
const anyStep = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 60 }) },
  { weight: 1, arbitrary: fc.integer({ min: -500, max: 3_000 }) },
);
type Kind = 'up' | 'down' | 'blind' | 'maintenance-began' | 'maintenance-ended';
const anyKind = (kinds: readonly [number, Kind][]) =>
  fc.oneof(...kinds.map(([weight, kind]) => ({ weight, arbitrary: fc.constant(kind) })));
const ALL = [
  ...[[10, 'up'] as const, [10, 'down'] as const, [1, 'blind'] as const],
  ...[[1, 'maintenance-began'] as const, [1, 'maintenance-ended'] as const],
] satisfies readonly [number, Kind][];

const anyLife = (kinds: readonly [number, Kind][] = ALL) =>
  fc.record({
    thresholds: anyThresholds,
    seen: fc
      .array(fc.tuple(anyKind(kinds), anyStep, fc.nat(300), fc.constantFrom(...FAILURE_CAUSES)), {
        maxLength: 120,
      })
      .map((steps) => {
        let now = START;
        return steps.map(([kind, step, length, cause]): Observation => {
          now += step;
          if (kind === 'up') return up(now);
          if (kind === 'down') return down(now, cause);
          if (kind === 'blind') {
            const from = now;
            now += length;
            return blind(from, now);
          }
          return { type: kind, at: now };
        });
      }),
  });

const everyLife = (
  check: (moments: readonly ServerMoment[], thresholds: Thresholds) => void,
  kinds?: readonly [number, Kind][],
) => {
  fc.assert(
    fc.property(anyLife(kinds), ({ thresholds, seen }) => {
      check(liveServer(seen, { start: START, thresholds }), thresholds);
    }),
    RUNS,
  );
};

const lastAt = (moments: readonly ServerMoment[]) => moments.at(-1)?.after.asOf ?? START;

describe('spans', () => {
  it('follow each other without a gap, an overlap or a change to the same', () => {
    everyLife((moments) => {
      let { kind, since } = { kind: 'unknown', since: START };
      for (const fact of factsOf(moments)) {
        if (fact.type !== 'span') continue;
        expect(fact.since).toBeGreaterThanOrEqual(since);
        expect(fact.kind).not.toBe(kind);
        ({ kind, since } = fact);
      }
    });
  });

  it('are what the state says', () => {
    everyLife((moments) => {
      const newest = factsOf(moments).findLast(({ type }) => type === 'span');
      const after = moments.at(-1)?.after;
      if (newest?.type !== 'span') expect(after?.kind ?? 'unknown').toBe('unknown');
      else expect(after).toMatchObject({ kind: newest.kind, since: newest.since });
    });
  });

  it('never reach beyond what was observed', () => {
    everyLife((moments) => {
      for (const { facts, after } of moments) {
        for (const fact of facts) {
          if (fact.type === 'span') expect(fact.since).toBeLessThanOrEqual(after.asOf);
        }
      }
    });
  });

  it('are neither up nor down while we could not see', () => {
    everyLife((moments) => {
      const spans = spansOf(factsOf(moments), { start: START, end: lastAt(moments) });
      for (const { before, seen } of moments) {
        if (seen.type !== 'blind') continue;
        const { upMs, downMs } = uptimeOf(spans, {
          from: Math.max(seen.from, before.asOf),
          to: seen.to,
        });
        expect(upMs + downMs).toBe(0);
      }
    });
  });

  it('are never down without as many failures in a row as are wanted', () => {
    everyLife((moments, { downAfter }) => {
      moments.forEach(({ facts }, index) => {
        if (!facts.some((fact) => fact.type === 'span' && fact.kind === 'down')) return;
        const checks = moments.slice(0, index + 1).filter(({ seen }) => seen.type === 'check');
        const ending = moments[index]?.seen.type === 'maintenance-ended';
        const run = ending ? [] : checks.slice(-downAfter);
        expect(run.every(({ seen }) => seen.type === 'check' && !seen.result.up)).toBe(true);
      });
    });
  });
});

describe('outages', () => {
  it('begin and end by turns, and end after they began', () => {
    everyLife((moments) => {
      let since: number | null = null;
      for (const fact of factsOf(moments)) {
        if (fact.type === 'outage-began') {
          expect(since).toBeNull();
          expect(fact.confirmedAt).toBeGreaterThanOrEqual(fact.since);
          since = fact.since;
        } else if (fact.type === 'outage-ended') {
          expect(fact.since).toBe(since);
          expect(fact.until).toBeGreaterThanOrEqual(fact.since);
          expect(fact.unknownMs).toBeGreaterThanOrEqual(0);
          expect(fact.unknownMs).toBeLessThanOrEqual(fact.until - fact.since);
          since = null;
        } else if (fact.type === 'outage-cause') expect(since).not.toBeNull();
      }
      expect(moments.at(-1)?.after.outageSince ?? null).toBe(since);
    });
  });

  it('never begin during maintenance', () => {
    everyLife((moments) => {
      for (const { after, facts } of moments) {
        if (after.kind !== 'maintenance') continue;
        expect(facts.some(({ type }) => type === 'outage-began')).toBe(false);
      }
    });
  });

  it('count what of them we could not see', () => {
    const withoutMaintenance = ALL.filter(([, kind]) => !kind.startsWith('maintenance'));
    everyLife((moments) => {
      const facts = factsOf(moments);
      const spans = spansOf(facts, { start: START, end: lastAt(moments) });
      for (const fact of facts) {
        if (fact.type !== 'outage-ended') continue;
        const hidden = uptimeOf(spans, { from: fact.since, to: fact.until }).unknownMs;
        expect(fact.unknownMs).toBe(hidden);
      }
    }, withoutMaintenance);
  });

  it('go on as one while the server flaps', () => {
    everyLife((moments) => {
      let flapping = false;
      for (const fact of factsOf(moments)) {
        if (fact.type === 'flapping-began') flapping = true;
        if (fact.type === 'flapping-ended') flapping = false;
        if (fact.type === 'outage-began' || fact.type === 'outage-ended') {
          expect(flapping).toBe(false);
        }
      }
      for (const { after } of moments) {
        if (after.flappingSince !== null) expect(after.outageSince).not.toBeNull();
      }
    });
  });

  it('do not follow from packets that are lost now and then', () => {
    const anyLosses = fc.array(fc.nat(2), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(anyLosses, (losses) => {
        const seen = losses.flatMap((lost, round) => {
          const at = START + round * 30_000;
          return [
            ...Array.from({ length: lost }, (_, probe) => down(at + probe * 4_000)),
            up(at + lost * 4_000),
          ];
        });
        const facts = factsOf(liveServer(seen, { start: START }));
        expect(facts.map(({ type }) => type)).toEqual(['span']);
      }),
      RUNS,
    );
  });
});

describe('a state', () => {
  it('comes back from the records as it was', () => {
    everyLife((moments) => {
      const state = moments.at(-1)?.after ?? null;
      expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    });
  });

  it('does not grow', () => {
    everyLife((moments, { flapChanges }) => {
      for (const { after } of moments) {
        expect(after.changes.length).toBeLessThanOrEqual(flapChanges);
      }
    });
  });

  it('shows maintenance and what is unknown before anything else', () => {
    everyLife((moments) => {
      for (const { after } of moments) {
        const status = statusOf(after);
        expect(status === 'maintenance').toBe(after.kind === 'maintenance');
        if (after.kind === 'unknown') expect(status).toBe('unknown');
        if (status === 'suspect') expect(needsAnotherProbe(after)).toBe(true);
      }
    });
  });
});
