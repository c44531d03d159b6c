import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dueAt, quietUntil } from './due';
import type { QuietHours } from './settings';

const MINUTE = 60_000;
const at = (text: string): number => Date.parse(text);
const night: QuietHours = { fromMinute: 22 * 60, toMinute: 7 * 60, timeZone: 'Europe/Berlin' };

describe('quiet hours', () => {
  it.each([
    ['2026-11-23T20:59:59Z', null],
    ['2026-11-23T21:00:00Z', '2026-11-24T06:00:00Z'],
    ['2026-11-24T05:59:59.999Z', '2026-11-24T06:00:00Z'],
    ['2026-11-24T06:00:00Z', null],
    // Clocks are set back, and forward, in that night.
    ['2026-10-24T20:30:00Z', '2026-10-25T06:00:00Z'],
    ['2026-03-28T21:30:00Z', '2026-03-29T05:00:00Z'],
  ])('of the night end in the morning: %s', (now, end) => {
    expect(quietUntil(night, at(now))).toBe(end === null ? null : at(end));
  });

  it('that end in an hour that clocks skip end when they do', () => {
    const hours = { ...night, toMinute: 2 * 60 + 30 };
    expect(quietUntil(hours, at('2026-03-28T22:00:00Z'))).toBe(at('2026-03-29T01:00:00Z'));
  });

  it('that end in an hour that comes twice end the first time, and begin once more', () => {
    const hours = { ...night, toMinute: 2 * 60 + 30 };
    const first = at('2026-10-25T00:30:00Z');
    expect(quietUntil(hours, at('2026-10-24T22:00:00Z'))).toBe(first);
    expect(quietUntil(hours, first + 29 * MINUTE)).toBeNull();
    expect(quietUntil(hours, first + 30 * MINUTE)).toBe(first + 60 * MINUTE);
  });

  const zones = [
    'Europe/Berlin',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'UTC',
  ];
  const hours = fc
    .record({
      fromMinute: fc.integer({ min: 0, max: 1_439 }),
      toMinute: fc.integer({ min: 0, max: 1_439 }),
      timeZone: fc.constantFrom(...zones),
    })
    .filter(({ fromMinute, toMinute }) => fromMinute !== toMinute);
  /** Around changes of the clocks, and anywhere in two years. */
  const instant = fc.oneof(
    fc.integer({ min: at('2026-01-01T00:00Z'), max: at('2028-01-01T00:00Z') }),
    ...['2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-03-08T05:30Z', '2026-04-04T15:00Z'].map(
      (change) => fc.integer({ min: -2_000, max: 500 }).map((m) => at(change) + m * MINUTE),
    ),
  );

  it('end at the first minute that is not in them, whatever clocks do', () => {
    fc.assert(
      fc.property(hours, instant, (quiet, now) => {
        const end = quietUntil(quiet, now);
        fc.pre(end !== null);
        expect(end).toBeGreaterThan(now);
        expect(end - now).toBeLessThanOrEqual(26 * 60 * MINUTE);
        expect(quietUntil(quiet, end)).toBeNull();
        const first = Math.floor(now / MINUTE) * MINUTE + MINUTE;
        for (const minute of [first, (first + end) / 2, end - MINUTE]) {
          const between = Math.floor(minute / MINUTE) * MINUTE;
          expect(between < end ? quietUntil(quiet, between) : end).toBe(end);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('that are none hold nothing back', () => {
    const never = { fromMinute: 60, toMinute: 60, timeZone: 'UTC' };
    expect(quietUntil(never, at('2026-01-01T01:00Z'))).toBeNull();
  });
});

describe('news', () => {
  it('are due at once, or when their digest ends, and not in quiet hours', () => {
    const now = at('2026-11-23T20:50:00Z');
    expect(dueAt({ digestMs: 0, quietHours: null }, now)).toBe(now);
    expect(dueAt({ digestMs: 600_000, quietHours: null }, now)).toBe(now + 600_000);
    expect(dueAt({ digestMs: 0, quietHours: night }, now)).toBe(now);
    expect(dueAt({ digestMs: 900_000, quietHours: night }, now)).toBe(at('2026-11-24T06:00:00Z'));
  });
});
