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
import { newServerState, type Observation } from './observe';
import type { ServerFact } from './server-state';
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
const anyKind = (kinds: readonly (readonly [number, Kind])[]) =>
  fc.oneof(...kinds.map(([weight, kind]) => ({ weight, arbitrary: fc.constant(kind) })));
const ALL: readonly (readonly [number, Kind])[] = [
  [10, 'up'],
  [10, 'down'],
  [1, 'blind'],
  [1, 'maintenance-began'],
  [1, 'maintenance-ended'],
];

const anyLife = (kinds: readonly (readonly [number, Kind])[] = ALL) =>
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

/** Throws, with the seed and the shortest life, if there is in one of many lives what must not be. */
const search = (
  faultsOf: (moments: readonly ServerMoment[], thresholds: Thresholds) => readonly unknown[],
  kinds?: readonly (readonly [number, Kind])[],
) => {
  fc.assert(
    fc.property(
      anyLife(kinds),
      ({ thresholds, seen }) =>
        faultsOf(liveServer(seen, { start: START, thresholds }), thresholds).length === 0,
    ),
    RUNS,
  );
};

const newState = newServerState(START);
const checkOf = (seen: Observation) => (seen.type === 'check' ? [seen.result] : []);
const lastAt = (moments: readonly ServerMoment[]) => moments.at(-1)?.after.asOf ?? START;

const spansBegun = (moments: readonly ServerMoment[]) => [
  { kind: 'unknown', since: START },
  ...factsOf(moments).filter((fact) => fact.type === 'span'),
];

type OutageFact = Extract<ServerFact, { type: 'outage-began' | 'outage-ended' }>;
const outageFacts = (facts: readonly ServerFact[]) =>
  facts.filter(
    (fact): fact is OutageFact => fact.type === 'outage-began' || fact.type === 'outage-ended',
  );

describe('spans', () => {
  it('follow each other without a gap, an overlap or a change to the same', () => {
    expect(() => {
      search((moments) =>
        spansBegun(moments).filter((span, index, spans) => {
          const before = spans[index - 1];
          return before !== undefined && (span.since < before.since || span.kind === before.kind);
        }),
      );
    }).not.toThrow();
  });

  it('are what the state says', () => {
    expect(() => {
      search((moments) => {
        const newest = spansBegun(moments).at(-1);
        const { kind, since } = moments.at(-1)?.after ?? newState;
        return kind === newest?.kind && since === newest.since ? [] : [{ kind, since, newest }];
      });
    }).not.toThrow();
  });

  it('never reach beyond what was observed', () => {
    expect(() => {
      search((moments) =>
        moments.flatMap(({ facts, after }) =>
          facts.filter((fact) => fact.type === 'span' && fact.since > after.asOf),
        ),
      );
    }).not.toThrow();
  });

  it('are neither up nor down while we could not see', () => {
    expect(() => {
      search((moments) => {
        const spans = spansOf(factsOf(moments), { start: START, end: lastAt(moments) });
        return moments.filter(({ before, seen }) => {
          if (seen.type !== 'blind') return false;
          const unseen = { from: Math.max(seen.from, before.asOf), to: seen.to };
          const { upMs, downMs } = uptimeOf(spans, unseen);
          return upMs + downMs > 0;
        });
      });
    }).not.toThrow();
  });

  it('are never down without as many failures in a row as are wanted', () => {
    expect(() => {
      search((moments, { downAfter }) =>
        moments.filter(({ facts, seen }, index) => {
          // What was down when it began goes on when maintenance ends.
          if (seen.type === 'maintenance-ended') return false;
          if (!facts.some((fact) => fact.type === 'span' && fact.kind === 'down')) return false;
          const checks = moments.slice(0, index + 1).flatMap((moment) => checkOf(moment.seen));
          return checks.length < downAfter || checks.slice(-downAfter).some((check) => check.up);
        }),
      );
    }).not.toThrow();
  });
});

describe('outages', () => {
  it('begin and end by turns, and end after they began', () => {
    expect(() => {
      search((moments) => {
        const facts = outageFacts(factsOf(moments));
        const open = facts.at(-1)?.type === 'outage-began' ? facts.at(-1) : undefined;
        return [
          ...facts.filter((fact, index) => {
            const before = facts[index - 1];
            return fact.type === 'outage-began'
              ? before?.type === 'outage-began' || fact.confirmedAt < fact.since
              : before?.type !== 'outage-began' ||
                  fact.since !== before.since ||
                  fact.until < fact.since ||
                  fact.unknownMs < 0 ||
                  fact.unknownMs > fact.until - fact.since;
          }),
          ...moments.slice(-1).filter(({ after }) => after.outageSince !== (open?.since ?? null)),
        ];
      });
    }).not.toThrow();
  });

  it('never begin during maintenance', () => {
    expect(() => {
      search((moments) =>
        moments.filter(
          ({ after, facts }) =>
            after.kind === 'maintenance' && facts.some(({ type }) => type === 'outage-began'),
        ),
      );
    }).not.toThrow();
  });

  it('tell of another cause only while they last', () => {
    expect(() => {
      search((moments) =>
        moments.filter(
          ({ after, facts }) =>
            after.outageSince === null && facts.some(({ type }) => type === 'outage-cause'),
        ),
      );
    }).not.toThrow();
  });

  it('count what of them we could not see', () => {
    const withoutMaintenance = ALL.filter(([, kind]) => !kind.startsWith('maintenance'));
    expect(() => {
      search((moments) => {
        const facts = factsOf(moments);
        const spans = spansOf(facts, { start: START, end: lastAt(moments) });
        return outageFacts(facts).filter(
          (fact) =>
            fact.type === 'outage-ended' &&
            fact.unknownMs !== uptimeOf(spans, { from: fact.since, to: fact.until }).unknownMs,
        );
      }, withoutMaintenance);
    }).not.toThrow();
  });

  it('go on as one while the server flaps', () => {
    expect(() => {
      search((moments) => [
        ...moments.filter(
          ({ after }) => after.flappingSince !== null && after.outageSince === null,
        ),
        // Neither before it began nor after it ended in the same moment is there another one.
        ...moments.filter(
          ({ before, after, facts }) =>
            before.flappingSince !== null &&
            after.flappingSince !== null &&
            outageFacts(facts).length > 0,
        ),
      ]);
    }).not.toThrow();
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
    fc.assert(
      fc.property(anyLife(), ({ thresholds, seen }) => {
        const state = liveServer(seen, { start: START, thresholds }).at(-1)?.after ?? newState;
        expect(JSON.parse(JSON.stringify(state))).toEqual(state);
      }),
      RUNS,
    );
  });

  it('does not grow', () => {
    expect(() => {
      search((moments, { flapChanges }) =>
        moments.filter(({ after }) => after.changes.length > flapChanges),
      );
    }).not.toThrow();
  });

  it('shows maintenance and what is unknown before anything else', () => {
    expect(() => {
      search((moments) =>
        moments.filter(({ after }) => {
          const status = statusOf(after);
          return (
            (status === 'maintenance') !== (after.kind === 'maintenance') ||
            (after.kind === 'unknown' && status !== 'unknown') ||
            (status === 'suspect' && !needsAnotherProbe(after))
          );
        }),
      );
    }).not.toThrow();
  });
});
