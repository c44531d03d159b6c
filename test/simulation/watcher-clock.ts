import type { Scenario } from './scenario';

type Clock = Pick<Scenario, 'clockSteps' | 'stops'>;

/** What the watcher's clock shows at a real moment. */
export function clockAt({ clockSteps }: Pick<Clock, 'clockSteps'>, moment: number): number {
  return clockSteps.reduce((shown, { at, by }) => (at <= moment ? shown + by : shown), moment);
}

/**
 * The date that the records give a real moment: the clock's, but while the clock, put back, shows again what it
 * already showed, the latest that somebody saw on it. While no watcher runs nobody sees it.
 */
export function datedBy(clock: Clock, moment: number): number {
  const latest = clock.clockSteps
    .filter(({ at }) => at <= moment)
    .map(({ at }) => clock.stops.find(({ from, to }) => at > from && at <= to)?.from ?? at - 1)
    .reduce((date, seen) => Math.max(date, clockAt(clock, seen)), clockAt(clock, moment));
  const stop = clock.stops.find(({ from, to }) => moment > from && moment < to);
  return stop === undefined ? latest : Math.min(latest, datedBy(clock, stop.to));
}

/** The dates at which the clock was put on or back. */
export function stepDates(clock: Clock): readonly number[] {
  return clock.clockSteps.flatMap(({ at }) => [datedBy(clock, at - 1), datedBy(clock, at)]);
}
