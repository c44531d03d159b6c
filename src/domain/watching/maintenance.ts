import { RRuleTemporal } from 'rrule-temporal';
import { recurrenceProblem } from './recurrence';
import type { MaintenanceWindow } from './server';

/**
 * When maintenance is: windows that happen once, or again and again by a rule of RFC 5545 that is counted in
 * the wall time of a time zone, so that four in the morning stays four in the morning when clocks change.
 * Durations are real time. All instants are milliseconds since the epoch.
 */

/** One time of maintenance: from its beginning up to, but not at, its end. */
export interface MaintenanceTime {
  readonly window: MaintenanceWindow;
  readonly from: number;
  readonly to: number;
}

/** Nobody plans further ahead, and a rule whose days never come must not be looked for without end. */
const LOOK_AHEAD_MS = 5 * 366 * 24 * 60 * 60_000;
/** A window may reach over the next one; more of them in one chain than this are not joined. */
const MOST_JOINED = 1_000;

/** What is wrong with a window, as a sentence with a right example; `null` when nothing is. */
export function maintenanceProblem(window: MaintenanceWindow): string | null {
  if (!isTimeZone(window.timeZone)) {
    return `“${window.timeZone.slice(0, 40)}” is not a time zone: write for example Europe/Berlin or UTC.`;
  }
  if (!(window.durationMs > 0)) return 'Maintenance must last some time, such as 30m or 2h.';
  if (window.rule === null) return null;
  const problem = recurrenceProblem(window.rule);
  if (problem !== null) return problem;
  return nextOf(window, window.startsAt - 1) === null
    ? `The days that ${window.rule.slice(0, 100)} names never come after the first beginning: write for example FREQ=MONTHLY;BYMONTHDAY=1.`
    : null;
}

/**
 * The maintenance that is on at an instant, or `null`. Where several are, it is the one that ends last;
 * `from` is its own beginning.
 */
export function maintenanceAt(
  windows: readonly MaintenanceWindow[],
  now: number,
): MaintenanceTime | null {
  const on = windows
    .map((window) => newestOf(window, now))
    .filter((time) => time !== null && time.to > now);
  return on.reduce(
    (last, time) => (last === null || (time?.to ?? 0) > last.to ? time : last),
    null,
  );
}

/** The next maintenance that begins after `now`, or `null` when there is none in the next five years. */
export function nextMaintenance(
  windows: readonly MaintenanceWindow[],
  now: number,
): MaintenanceTime | null {
  return windows
    .map((window) => nextOf(window, now))
    .reduce(
      (first, time) => (first === null || (time !== null && time.from < first.from) ? time : first),
      null,
    );
}

/**
 * When there is no maintenance any more: the end of what is on at `now`, and of everything that begins before
 * that ends. `null` when none is on.
 */
export function maintenanceEnd(windows: readonly MaintenanceWindow[], now: number): number | null {
  let end = maintenanceAt(windows, now)?.to ?? null;
  for (let joined = 0; end !== null && joined < MOST_JOINED; joined += 1) {
    const next = maintenanceAt(windows, end);
    if (next === null) return end;
    end = next.to;
  }
  return end;
}

/** What maintenance, of whichever window, did in a stretch of time. */
export interface MaintenanceLately {
  /** When it began (`on`) and ended after the first instant and up to the last, in order. */
  readonly changes: readonly { readonly at: number; readonly on: boolean }[];
  /** Whether it is on at the last instant. */
  readonly on: boolean;
}

export function maintenanceBetween(
  windows: readonly MaintenanceWindow[],
  from: number,
  to: number,
): MaintenanceLately {
  if (windows.length === 0) return { changes: [], on: false };
  const times = windows
    .flatMap((window) => timesBetween(window, Math.min(from, to), to))
    .sort((one, other) => one.from - other.from);
  const joined: { from: number; to: number }[] = [];
  for (const time of times) {
    const last = joined.at(-1);
    if (last !== undefined && time.from <= last.to) last.to = Math.max(last.to, time.to);
    else joined.push({ from: time.from, to: time.to });
  }
  const changes = joined.flatMap((time) => [
    { at: time.from, on: true },
    { at: time.to, on: false },
  ]);
  return {
    changes: changes.filter(({ at }) => at > from && at <= to),
    on: joined.some((time) => time.from <= to && time.to > to),
  };
}

/** All times of a window that touch the instants from `from` to `to`. */
function timesBetween(window: MaintenanceWindow, from: number, to: number): MaintenanceTime[] {
  const earliest = from - window.durationMs;
  if (window.rule === null) {
    return window.startsAt >= earliest && window.startsAt <= to
      ? [timeOf(window, window.startsAt)]
      : [];
  }
  return ask(
    window,
    window.rule,
    (rule) => rule.between(new Date(earliest), new Date(to), true),
    [],
  ).map((begin) => timeOf(window, begin.epochMilliseconds));
}

/** The time that began last, at `now` or before it. */
function newestOf(window: MaintenanceWindow, now: number): MaintenanceTime | null {
  if (window.startsAt > now) return null;
  if (window.rule === null) return timeOf(window, window.startsAt);
  const begin = ask(window, window.rule, (rule) => rule.previous(new Date(now), true), null);
  return begin === null ? null : timeOf(window, begin.epochMilliseconds);
}

/** The time that begins next, after `now`. */
function nextOf(window: MaintenanceWindow, now: number): MaintenanceTime | null {
  if (window.rule === null) {
    return window.startsAt > now ? timeOf(window, window.startsAt) : null;
  }
  const begin = ask(window, window.rule, (rule) => rule.next(new Date(now), false), null);
  if (begin === null || begin.epochMilliseconds > now + LOOK_AHEAD_MS) return null;
  return timeOf(window, begin.epochMilliseconds);
}

function timeOf(window: MaintenanceWindow, from: number): MaintenanceTime {
  return { window, from, to: from + window.durationMs };
}

/**
 * Asks a rule. One that is wrong, has no such time zone or never names a day has no times: then the server
 * is watched as always, which is the safe side. `maintenanceProblem` says so to whoever writes it.
 */
function ask<T>(
  window: MaintenanceWindow,
  rule: string,
  question: (rule: RRuleTemporal) => T,
  none: T,
): T {
  if (recurrenceProblem(rule) !== null) return none;
  try {
    return question(
      new RRuleTemporal({
        rruleString: `DTSTART;TZID=${window.timeZone}:${wallTime(window)}\nRRULE:${rule}`,
      }),
    );
  } catch {
    return none;
  }
}

/** The first beginning as RFC 5545 writes a local time: `20260106T040000`. */
function wallTime(window: MaintenanceWindow): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: window.timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(window.startsAt);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((found) => found.type === type)?.value ?? '';
  const date = `${part('year').padStart(4, '0')}${part('month')}${part('day')}`;
  return `${date}T${part('hour')}${part('minute')}${part('second')}`;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
