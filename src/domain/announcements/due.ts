import type { QuietHours, Route } from './settings';

/** When posts are due. Instants are milliseconds since the epoch; clocks are those of a time zone, whenever they change. */

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
/** Clocks were never set by more than a day. */
const LONGEST_MINUTES = 2 * DAY_MINUTES;

/** When news that came at `now` are due: at the end of their digest window, and not in quiet hours. */
export function dueAt(
  { digestMs, quietHours }: Pick<Route, 'digestMs' | 'quietHours'>,
  now: number,
): number {
  const at = now + digestMs;
  return quietHours === null ? at : (quietUntil(quietHours, at) ?? at);
}

/** @returns when quiet hours that are on at `at` end: the first instant without them; `null`: none are on */
export function quietUntil(hours: QuietHours, at: number): number | null {
  const clock = clockOf(hours.timeZone);
  if (!isQuiet(hours, clock(at))) return null;
  const begun = Math.floor(at / MINUTE_MS) * MINUTE_MS;
  const minutes = (hours.toMinute - clock(at) + DAY_MINUTES) % DAY_MINUTES;
  const end = begun + minutes * MINUTE_MS;
  // Where no clock was set meanwhile that is all.
  const isSteady = (clock(at) + minutes) % DAY_MINUTES === clock(end);
  return isSteady ? end : firstLoud(hours, clock, begun);
}

/** Within a day in which clocks are set, every minute is looked at: an end may be skipped, or come twice. */
function firstLoud(hours: QuietHours, clock: (at: number) => number, begun: number): number {
  for (let minute = 1; minute <= LONGEST_MINUTES; minute += 1) {
    const at = begun + minute * MINUTE_MS;
    if (!isQuiet(hours, clock(at))) return at;
  }
  return begun;
}

/** @param minute since midnight on the clocks */
function isQuiet({ fromMinute, toMinute }: QuietHours, minute: number): boolean {
  return fromMinute <= toMinute
    ? fromMinute <= minute && minute < toMinute
    : minute >= fromMinute || minute < toMinute;
}

/** What clocks show at an instant, in minutes since midnight. */
function clockOf(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
  });
  return (at) => {
    const parts = format.formatToParts(at);
    const value = (type: string): number =>
      Number(parts.find((part) => part.type === type)?.value ?? 0);
    return value('hour') * 60 + value('minute');
  };
}
