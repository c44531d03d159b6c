import type { SpanKind } from '../../src/domain/watching/server-state';
import { HOUR, MINUTE, SECOND, type Scenario, type ServerStory } from './scenario';
import { isWithin, lengthOf, union, without, type Stretch } from './stretch';
import { datedBy } from './watcher-clock';

/**
 * What the records of a perfect watcher would say: computed from the scenario alone, by sets of moments. It
 * shares no code and no idea with the watcher.
 */

/** A round, and the two probes that make sure, fit into it wherever it lies: it must be noticed. */
export const SURELY_SEEN = 45 * SECOND;
/** Two rounds with an answer fit into it, even if answers are lost: a return that must be noticed. */
const SURELY_BACK = 140 * SECOND;
/** A clock that leaps further than rounds may be late looks like a time in which nobody watched. */
const LEAP = 75 * SECOND;

export interface Truth {
  /** By the records' dates: what it was when, without a gap. */
  readonly spans: readonly {
    readonly kind: SpanKind;
    readonly from: number;
    readonly to: number;
  }[];
  /** When it was down and could be seen, by the records' dates, with how long that really was. */
  readonly seenDown: readonly (Stretch & { readonly really: number })[];
  /** The same for being up, outside of flapping. */
  readonly surelyUp: readonly Stretch[];
  /** How many outages there are to tell of: the most and the fewest that a careful watcher may see. */
  readonly outages: { readonly fewest: number; readonly most: number };
}

export function truthOf(scenario: Scenario, story: ServerStory): Truth {
  const date = (moment: number) => datedBy(scenario, moment);
  const dated = ({ from, to }: Stretch): Stretch => ({ from: date(from), to: date(to) });
  const whole: Stretch = { from: scenario.from, to: scenario.to };
  const leaps = scenario.clockSteps
    .filter(({ by }) => by > LEAP)
    .map(({ at }) => ({ from: at - 1, to: at + 1 }));
  const unseen = union([...scenario.stops, ...scenario.cutOffs, ...leaps]);

  const seenDown = without(story.down, [...unseen, ...story.maintenance]);
  const seenUp = without([whole], [...story.down, ...unseen]);
  const afterFlaps = story.flaps.map(({ from, to }) => ({ from, to: to + HOUR }));
  return {
    spans: spansOf(dated(whole), [
      ['maintenance', story.maintenance.map(dated)],
      ['unknown', unseen.map(dated)],
      ['down', story.down.map(dated)],
    ]),
    seenDown: seenDown.map((stretch) => ({ ...dated(stretch), really: lengthOf(stretch) })),
    surelyUp: without(seenUp, afterFlaps)
      .filter((stretch) => lengthOf(stretch) >= SURELY_BACK)
      .map(dated),
    outages: countOutages(story, seenDown, seenUp),
  };
}

/** The first kind that claims a moment has it; what nobody claims is up. */
function spansOf(
  whole: Stretch,
  claims: readonly (readonly [SpanKind, readonly Stretch[]])[],
): Truth['spans'] {
  const edges = [whole, ...claims.flatMap(([, stretches]) => stretches)]
    .flatMap(({ from, to }) => [from, to])
    .filter((edge) => edge >= whole.from && edge <= whole.to)
    .sort((one, other) => one - other);
  const spans: { kind: SpanKind; from: number; to: number }[] = [];
  edges.forEach((from, index) => {
    const to = edges[index + 1] ?? from;
    if (to === from) return;
    const kind = claims.find(([, stretches]) => isWithin(from, stretches))?.[0] ?? 'up';
    const last = spans.at(-1);
    if (last?.kind === kind) last.to = to;
    else spans.push({ kind, from, to });
  });
  return spans;
}

/**
 * Falls with no return between them that could be seen are one outage. A time of flapping is three: with the
 * sixth change it is clear that it flaps, and the third outage lasts until it has calmed down.
 */
function countOutages(
  { flaps }: ServerStory,
  seenDown: readonly Stretch[],
  seenUp: readonly Stretch[],
): Truth['outages'] {
  const calm = seenDown.filter(({ from }) => !isWithin(from, flaps));
  const separate = (falls: readonly Stretch[], leastUp: number) =>
    falls.filter((fall, index) => {
      const before = falls[index - 1];
      if (before === undefined) return true;
      const between = seenUp.filter(({ from, to }) => from >= before.to && to <= fall.from);
      return between.some((stretch) => lengthOf(stretch) >= leastUp);
    }).length;
  const flapping = 3 * flaps.length;
  return {
    fewest:
      flapping +
      separate(
        calm.filter((fall) => lengthOf(fall) >= SURELY_SEEN),
        SURELY_BACK,
      ),
    // Even a blip may be told of, when answers around it are lost.
    most: flapping + separate(calm, 1),
  };
}

/** After sight or a server returns, answers may be lost: each puts the return off by one interval. */
export function lostAtReturns(
  scenario: Scenario,
  story: ServerStory,
  lost: readonly number[],
): readonly number[] {
  const returns = [
    ...[...story.down, ...scenario.stops, ...scenario.cutOffs].map(({ to }) => to),
    ...scenario.clockSteps.map(({ at }) => at),
  ];
  return lost
    .filter((moment) => returns.some((back) => moment >= back && moment < back + 2 * MINUTE))
    .map((moment) => datedBy(scenario, moment));
}
