import { describe, expect, it } from '@jest/globals';
import {
  maintenanceAt,
  maintenanceBetween,
  maintenanceEnd,
  maintenanceProblem,
  nextMaintenance,
} from './maintenance';
import type { MaintenanceWindow } from './server';

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(text);
const text = (instant: number | null | undefined) =>
  instant === null || instant === undefined ? null : new Date(instant).toISOString().slice(0, 16);

const window = (more: Partial<MaintenanceWindow> = {}): MaintenanceWindow => ({
  id: 'weekly',
  title: 'Weekly restart',
  startsAt: at('2026-01-06T03:00:00Z'),
  durationMs: 2 * HOUR,
  rule: 'FREQ=WEEKLY;BYDAY=TU',
  timeZone: 'Europe/Berlin',
  ...more,
});
const once = (begin: string, hours: number): MaintenanceWindow =>
  window({ id: begin, rule: null, startsAt: at(begin), durationMs: hours * HOUR });

describe('maintenance that happens once', () => {
  const windows = [once('2026-03-01T10:00:00Z', 2)];

  it('is on from its beginning up to its end', () => {
    expect(maintenanceAt(windows, at('2026-03-01T09:59:59.999Z'))).toBeNull();
    expect(maintenanceAt(windows, at('2026-03-01T10:00:00Z'))).toMatchObject({
      to: at('2026-03-01T12:00:00Z'),
    });
    expect(maintenanceAt(windows, at('2026-03-01T12:00:00Z'))).toBeNull();
  });

  it('is the next one until it begins', () => {
    expect(text(nextMaintenance(windows, at('2026-02-01T00:00:00Z'))?.from)).toBe(
      '2026-03-01T10:00',
    );
    expect(nextMaintenance(windows, at('2026-03-01T10:00:00Z'))).toBeNull();
  });

  it('joins others that begin before it ends', () => {
    const two = [...windows, once('2026-03-01T11:00:00Z', 3), once('2026-03-01T14:00:00Z', 1)];
    expect(text(maintenanceEnd(two, at('2026-03-01T10:30:00Z')))).toBe('2026-03-01T15:00');
    expect(maintenanceEnd(two, at('2026-03-01T09:00:00Z'))).toBeNull();
    expect(maintenanceBetween(two, at('2026-03-01T00:00:00Z'), at('2026-03-02T00:00:00Z'))).toEqual(
      {
        changes: [
          { at: at('2026-03-01T10:00:00Z'), on: true },
          { at: at('2026-03-01T15:00:00Z'), on: false },
        ],
        on: false,
      },
    );
  });
});

describe('maintenance that happens again and again', () => {
  it('keeps its wall time when clocks change', () => {
    const begins = (after: string) => text(nextMaintenance([window()], at(after))?.from);
    expect(begins('2026-03-23T00:00:00Z')).toBe('2026-03-24T03:00');
    expect(begins('2026-03-30T00:00:00Z')).toBe('2026-03-31T02:00');
    expect(begins('2026-10-19T00:00:00Z')).toBe('2026-10-20T02:00');
    expect(begins('2026-10-26T00:00:00Z')).toBe('2026-10-27T03:00');
  });

  it('lasts as long as it says on the night when clocks change', () => {
    // From one in the morning, two hours of real time: until four by the wall clock.
    const nightly = window({ rule: 'FREQ=DAILY', startsAt: at('2026-01-06T00:00:00Z') });
    const on = maintenanceAt([nightly], at('2026-03-29T01:30:00Z'));
    expect([text(on?.from), text(on?.to)]).toEqual(['2026-03-29T00:00', '2026-03-29T02:00']);
  });

  it('does not happen at a wall time that a night does not have, and once at one that it has twice', () => {
    const half = window({ rule: 'FREQ=DAILY', startsAt: at('2026-01-06T01:30:00Z') });
    const begins = (from: string, to: string) =>
      maintenanceBetween([half], at(from), at(to))
        .changes.filter(({ on }) => on)
        .map((change) => text(change.at));
    expect(begins('2026-03-28T00:00:00Z', '2026-03-31T00:00:00Z')).toEqual([
      '2026-03-28T01:30',
      '2026-03-30T00:30',
    ]);
    expect(begins('2026-10-24T00:00:00Z', '2026-10-27T00:00:00Z')).toEqual([
      '2026-10-24T00:30',
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });

  it('begins with the first day that the rule names', () => {
    const monday = window({ startsAt: at('2026-01-05T03:00:00Z') });
    expect(text(nextMaintenance([monday], at('2026-01-01T00:00:00Z'))?.from)).toBe(
      '2026-01-06T03:00',
    );
  });

  it('is on for each of its times, and not before the first', () => {
    expect(maintenanceAt([window()], at('2025-12-30T04:00:00Z'))).toBeNull();
    expect(text(maintenanceAt([window()], at('2026-07-07T03:59:00Z'))?.to)).toBe(
      '2026-07-07T04:00',
    );
    expect(maintenanceAt([window()], at('2026-07-08T03:00:00Z'))).toBeNull();
  });

  it('ends with its count or its last day', () => {
    const counted = window({ rule: 'FREQ=DAILY;COUNT=3' });
    expect(text(nextMaintenance([counted], at('2026-01-07T12:00:00Z'))?.from)).toBe(
      '2026-01-08T03:00',
    );
    expect(nextMaintenance([counted], at('2026-01-08T12:00:00Z'))).toBeNull();
    const until = window({ rule: 'FREQ=DAILY;UNTIL=20260108' });
    expect(nextMaintenance([until], at('2026-01-08T12:00:00Z'))).toBeNull();
    expect(maintenanceAt([until], at('2026-01-08T03:30:00Z'))).not.toBeNull();
  });

  it('that reaches over its next time is one', () => {
    const always = window({ rule: 'FREQ=HOURLY', durationMs: 2 * HOUR });
    const { changes, on } = maintenanceBetween(
      [always],
      at('2026-02-01T00:00:00Z'),
      at('2026-02-02T00:00:00Z'),
    );
    expect({ changes, on }).toEqual({ changes: [], on: true });
  });

  it('tells what began and ended in a stretch of time', () => {
    const { changes, on } = maintenanceBetween(
      [window()],
      at('2026-01-05T00:00:00Z'),
      at('2026-01-13T04:00:00Z'),
    );
    expect(changes.map((change) => [text(change.at), change.on])).toEqual([
      ['2026-01-06T03:00', true],
      ['2026-01-06T05:00', false],
      ['2026-01-13T03:00', true],
    ]);
    expect(on).toBe(true);
  });

  it.each([
    ['Asia/Kathmandu', '2026-01-06T03:00'],
    // There it is still Monday evening at the first beginning.
    ['America/St_Johns', '2026-01-07T03:00'],
    ['UTC', '2026-01-06T03:00'],
  ])('is counted in %s', (timeZone, expected) => {
    expect(text(nextMaintenance([window({ timeZone })], at('2026-01-01T00:00:00Z'))?.from)).toBe(
      expected,
    );
  });
});

describe('a rule that is wrong', () => {
  it.each([
    [
      '',
      '“” is not a part of a rule: parts are written NAME=VALUE with ; between them, such as FREQ=WEEKLY;BYDAY=TU.',
    ],
    [
      'RRULE:FREQ=DAILY',
      'The rule begins with “RRULE:”, which is left out here: write FREQ=WEEKLY;BYDAY=TU.',
    ],
    [
      'BYDAY=TU',
      'FREQ is missing, which says how often it happens: write for example FREQ=WEEKLY;BYDAY=TU.',
    ],
    [
      'FREQ=MINUTELY',
      'FREQ=MINUTELY is not right: it must be HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY, such as FREQ=WEEKLY.',
    ],
    [
      'FREQ=DAILY;BYHOUR=25',
      'BYHOUR=25 is not right: it must be numbers from 0 to 23, such as BYHOUR=4.',
    ],
    ['FREQ=DAILY;FREQ=DAILY', 'FREQ is there twice: write it once, such as FREQ=WEEKLY;BYDAY=TU.'],
    [
      'FREQ=DAILY;COUNT=2;UNTIL=20270101',
      'COUNT and UNTIL do not go together: write one of them, such as FREQ=DAILY;COUNT=10.',
    ],
    [
      'FREQ=DAILY;UNTIL=20270230',
      'UNTIL=20270230 is not right: it must be a day, or a day and a time in UTC, such as UNTIL=20271231 or UNTIL=20271231T040000Z.',
    ],
    [
      'FREQ=WEEKLY;BYDAY=1TU',
      'A number before a day, such as 1SU, needs months or years: write FREQ=MONTHLY;BYDAY=1SU.',
    ],
    [
      'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
      'No month that BYMONTH names has such a day: write for example FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1.',
    ],
    [
      'FREQ=MONTHLY;BYMONTHDAY=0',
      'BYMONTHDAY=0 is not right: it must be numbers from -31 to 31 without 0, such as BYMONTHDAY=1,15.',
    ],
  ])('%s is told what is wrong, with a right example', (rule, problem) => {
    expect(maintenanceProblem(window({ rule }))).toBe(problem);
  });

  it('names a part that there is not', () => {
    expect(maintenanceProblem(window({ rule: 'FREQ=DAILY;BYEASTER=0' }))).toMatch(
      /^A rule has no part BYEASTER here\. It may have FREQ, INTERVAL, /,
    );
  });

  it('has no times, so that the server is watched as always', () => {
    const broken = window({ rule: 'FREQ=NEVER' });
    expect(maintenanceAt([broken], at('2026-01-06T04:00:00Z'))).toBeNull();
    expect(nextMaintenance([broken], at('2026-01-06T04:00:00Z'))).toBeNull();
  });

  it('may be in a time zone that there is not, or last no time', () => {
    expect(maintenanceProblem(window({ timeZone: 'Europe/Atlantis' }))).toBe(
      '“Europe/Atlantis” is not a time zone: write for example Europe/Berlin or UTC.',
    );
    expect(maintenanceProblem(window({ durationMs: 0 }))).toMatch(/must last some time/);
  });

  it.each([
    ...['FREQ=DAILY', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;WKST=SU', 'FREQ=MONTHLY;BYDAY=-1SU'],
    ...[
      'FREQ=MONTHLY;BYMONTHDAY=-1',
      'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
      'FREQ=HOURLY;INTERVAL=6',
    ],
    ...['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', 'FREQ=DAILY;BYHOUR=4,16;BYMINUTE=30'],
  ])('is not %s', (rule) => {
    expect(maintenanceProblem(window({ rule }))).toBeNull();
  });
});
