import { Chance } from '../chaos/chance';
import { union, type Stretch } from './stretch';

/** Thirty days as they really are, by a clock that is never wrong; the watchers' clock is told of apart. */

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export interface Scenario {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly servers: readonly ServerStory[];
  /** No watcher runs: no round happens. In order and without overlaps, as all stretches here. */
  readonly stops: readonly Stretch[];
  /** The watcher runs and reaches nothing; its control targets tell it so. */
  readonly cutOffs: readonly Stretch[];
  /** The watcher's clock is put on (or back, below zero) by so many milliseconds. */
  readonly clockSteps: readonly { readonly at: number; readonly by: number }[];
}

export interface ServerStory {
  readonly key: number;
  /** When it does not answer, in order. */
  readonly down: readonly Stretch[];
  /** From the first fall to the last return of a time in which it goes up and down. */
  readonly flaps: readonly Stretch[];
  readonly maintenance: readonly Stretch[];
  /** How many of its answers get lost. */
  readonly loss: number;
}

/** Around a time of flapping nothing else happens, so that it is clear which change made it flapping. */
const CALM = HOUR;
/** Two falls are so far apart that they are no flapping: at most five changes in half an hour. */
const BETWEEN_FALLS = 16 * MINUTE;

export function scenarioOf(seed: number, servers: number): Scenario {
  const chance = new Chance(seed);
  const from = Date.UTC(2026, 2, 1);
  const to = from + 30 * DAY;
  const anyStretch = (least: number, most: number): Stretch => {
    const begin = chance.between(from + HOUR, to - 6 * HOUR);
    return { from: begin, to: begin + Math.round(logBetween(chance, least, most)) };
  };
  const stops = union(Array.from({ length: 12 }, () => anyStretch(2 * MINUTE, 5 * HOUR)));
  const cutOffs = union(Array.from({ length: 12 }, () => anyStretch(10 * SECOND, 2 * HOUR)));
  const clockSteps = [
    ...Array.from({ length: 8 }, () => chance.between(-30 * SECOND, 30 * SECOND)),
    ...[chance.between(3, 20), chance.between(3, 20)].map((minutes) => minutes * MINUTE),
    ...[chance.between(3, 20), chance.between(3, 20)].map((minutes) => -minutes * MINUTE),
  ]
    .map((by) => ({ at: chance.between(from + HOUR, to - HOUR), by }))
    .sort((one, other) => one.at - other.at);
  const ours = [...stops, ...cutOffs, ...clockSteps.map(({ at }) => ({ from: at, to: at }))];
  return {
    ...{ seed, from, to, stops, cutOffs, clockSteps },
    servers: Array.from({ length: servers }, (_, key) =>
      storyOf(chance.fork(), { key, from, to, ours }),
    ),
  };
}

function storyOf(
  chance: Chance,
  { key, from, to, ours }: { key: number; from: number; to: number; ours: readonly Stretch[] },
): ServerStory {
  const clear = (wanted: Stretch, taken: readonly Stretch[], distance: number) =>
    taken.every((other) => wanted.to + distance < other.from || wanted.from - distance > other.to);

  const flaps: Stretch[] = [];
  const flapping: Stretch[] = [];
  for (let tries = 0; tries < 3; tries += 1) {
    const falls = flapFrom(chance, chance.between(from + 2 * HOUR, to - 6 * HOUR));
    const whole = { from: falls[0]?.from ?? from, to: falls.at(-1)?.to ?? from };
    if (!clear(whole, [...ours, ...flaps], 3 * CALM)) continue;
    flaps.push(whole);
    flapping.push(...falls);
  }
  const maintenance: Stretch[] = [];
  for (let tries = 0; tries < 4; tries += 1) {
    const begin = chance.between(from + HOUR, to - 6 * HOUR);
    const planned = { from: begin, to: begin + chance.between(5 * MINUTE, 3 * HOUR) };
    const steps = ours.filter((stretch) => stretch.from === stretch.to);
    // Plans are kept by the watcher's clock: away from its steps it is clear when that is.
    if (clear(planned, [...flaps, ...maintenance], CALM) && clear(planned, steps, CALM)) {
      maintenance.push(planned);
    }
  }
  const outages: Stretch[] = [];
  let at = from + HOUR;
  for (;;) {
    at += Math.round(-Math.log(1 - chance.next()) * 12 * HOUR) + BETWEEN_FALLS;
    const outage = { from: at, to: at + outageLength(chance) };
    if (outage.to > to - HOUR) break;
    if (!clear(outage, flaps, CALM)) continue;
    outages.push(outage);
    at = outage.to;
  }
  return {
    ...{ key, flaps, maintenance, loss: chance.pick([0, 0.002, 0.01, 0.03]) },
    down: [...outages, ...flapping].sort((one, other) => one.from - other.from),
  };
}

/** A blip that no probe can be sure of, one that may be seen, or an outage of up to six hours. */
function outageLength(chance: Chance): number {
  const kind = chance.next();
  if (kind < 0.15) return chance.between(1, 7 * SECOND);
  if (kind < 0.25) return chance.between(8 * SECOND, 40 * SECOND);
  return Math.round(logBetween(chance, 45 * SECOND, 6 * HOUR));
}

function flapFrom(chance: Chance, begin: number): Stretch[] {
  let at = begin;
  return Array.from({ length: chance.between(5, 14) }, () => {
    const fall = { from: at, to: at + chance.between(60 * SECOND, 150 * SECOND) };
    at = fall.to + chance.between(150 * SECOND, 240 * SECOND);
    return fall;
  });
}

function logBetween(chance: Chance, least: number, most: number): number {
  return least * (most / least) ** chance.next();
}
