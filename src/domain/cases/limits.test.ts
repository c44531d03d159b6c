import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  checkOpening,
  DAY_MS,
  graverRefusal,
  type OpenerRecord,
  type OpeningLimits,
  type OpeningRefusal,
} from './limits';

const NOW = Date.UTC(2026, 0, 10, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NONE: OpeningLimits = { mostOpen: null, cooldownMs: null, mostPerDay: null };
const NOTHING: OpenerRecord = { open: 0, openedAt: [] };
const ago = (...times: number[]): number[] => times.map((time) => NOW - time);

describe('limits for openers', () => {
  it.each<[string, Partial<OpeningLimits>, Partial<OpenerRecord>, OpeningRefusal | null]>([
    ['no limit, nothing before', {}, {}, null],
    ['no limit, much before', {}, { open: 90, openedAt: ago(3, 2, 1) }, null],

    ['one may be open, none is', { mostOpen: 1 }, { openedAt: ago(1) }, null],
    ['one may be open, one is', { mostOpen: 1 }, { open: 1 }, { limit: 'most-open', most: 1 }],
    ['three may be open, two are', { mostOpen: 3 }, { open: 2 }, null],
    [
      'the limit was lowered below what is open',
      { mostOpen: 2 },
      { open: 5 },
      { limit: 'most-open', most: 2 },
    ],

    ['a cool-down, never opened', { cooldownMs: MINUTE }, {}, null],
    [
      'a cool-down, opened just now',
      { cooldownMs: MINUTE },
      { openedAt: ago(0) },
      { limit: 'cooldown', retryAt: NOW + MINUTE },
    ],
    [
      'a cool-down, 1 ms too early',
      { cooldownMs: MINUTE },
      { openedAt: ago(HOUR, MINUTE - 1) },
      { limit: 'cooldown', retryAt: NOW + 1 },
    ],
    ['a cool-down that is just over', { cooldownMs: MINUTE }, { openedAt: ago(MINUTE) }, null],
    [
      'a cool-down of more than a day',
      { cooldownMs: 3 * DAY_MS },
      { openedAt: ago(2 * DAY_MS) },
      { limit: 'cooldown', retryAt: NOW + DAY_MS },
    ],
    [
      'a cool-down, and the other clock was ahead',
      { cooldownMs: MINUTE },
      { openedAt: ago(-500) },
      { limit: 'cooldown', retryAt: NOW + 500 + MINUTE },
    ],

    ['two a day, one so far', { mostPerDay: 2 }, { openedAt: ago(HOUR) }, null],
    [
      'two a day, two so far: the older one counts',
      { mostPerDay: 2 },
      { openedAt: ago(20 * HOUR, HOUR) },
      { limit: 'per-day', most: 2, retryAt: NOW + 4 * HOUR },
    ],
    [
      'two a day, four so far: two of them have to leave',
      { mostPerDay: 2 },
      { openedAt: ago(23 * HOUR, 20 * HOUR, 10 * HOUR, HOUR) },
      { limit: 'per-day', most: 2, retryAt: NOW + 14 * HOUR },
    ],
    [
      'one a day, 1 ms before the day is over',
      { mostPerDay: 1 },
      { openedAt: ago(DAY_MS - 1) },
      { limit: 'per-day', most: 1, retryAt: NOW + 1 },
    ],
    ['one a day, exactly a day ago', { mostPerDay: 1 }, { openedAt: ago(DAY_MS) }, null],
    ['one a day, longer ago', { mostPerDay: 1 }, { openedAt: ago(3 * DAY_MS, 2 * DAY_MS) }, null],

    [
      'a cool-down ends before the day: only the day helps',
      { cooldownMs: MINUTE, mostPerDay: 1 },
      { openedAt: ago(1_000) },
      { limit: 'per-day', most: 1, retryAt: NOW - 1_000 + DAY_MS },
    ],
    [
      'a cool-down ends after the day',
      { cooldownMs: 2 * DAY_MS, mostPerDay: 1 },
      { openedAt: ago(1_000) },
      { limit: 'cooldown', retryAt: NOW - 1_000 + 2 * DAY_MS },
    ],
    [
      'too many are open: no time helps',
      { mostOpen: 1, cooldownMs: MINUTE, mostPerDay: 1 },
      { open: 1, openedAt: ago(1_000) },
      { limit: 'most-open', most: 1 },
    ],
  ])('%s', (_what, limits, record, expected) => {
    expect(checkOpening({ ...NONE, ...limits }, { ...NOTHING, ...record }, NOW)).toEqual(expected);
  });

  const anyLimits = fc.record({
    mostOpen: fc.option(fc.integer({ min: 1, max: 4 })),
    cooldownMs: fc.option(fc.integer({ min: 1, max: 3 * DAY_MS })),
    mostPerDay: fc.option(fc.integer({ min: 1, max: 4 })),
  });
  const anyRecord = fc.record({
    open: fc.integer({ min: 0, max: 5 }),
    openedAt: fc
      .array(fc.integer({ min: NOW - 4 * DAY_MS, max: NOW + 1_000 }), { maxLength: 8 })
      .map((instants) => instants.sort((one, other) => one - other)),
  });

  it('let in at the promised instant, and not a millisecond earlier', () => {
    fc.assert(
      fc.property(anyLimits, anyRecord, (limits, record) => {
        const refusal = checkOpening(limits, record, NOW);
        fc.pre(refusal !== null && 'retryAt' in refusal);
        expect(refusal.retryAt).toBeGreaterThan(NOW);
        expect(checkOpening(limits, record, refusal.retryAt)).toBeNull();
        expect(checkOpening(limits, record, refusal.retryAt - 1)).not.toBeNull();
      }),
    );
  });

  it('hold over any series of tries', () => {
    const tries = fc.array(fc.integer({ min: 0, max: 10 * HOUR }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(anyLimits, tries, (limits, pauses) => {
        let now = NOW;
        const openedAt: number[] = [];
        for (const pause of pauses) {
          now += pause;
          if (checkOpening(limits, { open: 0, openedAt }, now) === null) openedAt.push(now);
        }
        const { cooldownMs, mostPerDay } = limits;
        for (const [index, at] of openedAt.entries()) {
          const before = openedAt.slice(0, index);
          const pause = at - (before.at(-1) ?? -Infinity);
          expect(pause).toBeGreaterThanOrEqual(cooldownMs ?? 0);
          const thatDay = before.filter((earlier) => earlier > at - DAY_MS);
          expect(thatDay.length).toBeLessThan(mostPerDay ?? Infinity);
        }
      }),
    );
  });
});

describe('the graver of two refusals', () => {
  const open: OpeningRefusal = { limit: 'most-open', most: 1 };
  const soon: OpeningRefusal = { limit: 'cooldown', retryAt: 5 };
  const late: OpeningRefusal = { limit: 'per-day', most: 2, retryAt: 9 };

  it.each([
    [null, null, null],
    [soon, null, soon],
    [null, late, late],
    [soon, late, late],
    [late, soon, late],
    [open, late, open],
    [late, open, open],
  ])('of %j and %j is %j', (one, other, expected) => {
    expect(graverRefusal(one, other)).toEqual(expected);
  });
});
