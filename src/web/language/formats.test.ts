import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createFormats } from './formats';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('formats', () => {
  const { duration, share, dateTime, shortDay, latency } = createFormats('en');

  it.each([
    [0, '0 secs'],
    [999, '1 sec'],
    [59.6 * SECOND, '1 min'],
    [61 * SECOND, '1 min 1 sec'],
    [HOUR, '1 hr'],
    [HOUR + 59 * SECOND, '1 hr'],
    [25 * HOUR, '1 day 1 hr'],
    [3 * DAY + 59 * MINUTE, '3 days'],
    [-5, '0 secs'],
  ])('write %d ms as %s', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });

  it('cut shares, so that only all is 100 %', () => {
    expect(share(1)).toBe('100%');
    expect(share(0.99999999)).toBe('99.99%');
    expect(share(0.9999)).toBe('99.99%');
    expect(share(0.29)).toBe('29%');
    expect(createFormats('de').share(0.98765)).toBe('98,76\u00a0%');
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (value) => {
        expect(share(value)).not.toBe('100%');
      }),
    );
  });

  it('write instants in UTC and say so', () => {
    const at = Date.UTC(2026, 9, 4, 14, 5);
    expect(dateTime(at)).toBe('4 Oct 2026, 14:05 UTC');
    expect(createFormats('de').dateTime(at)).toBe('4. Okt. 2026, 14:05 UTC');
    expect(shortDay('2026-10-04')).toBe('4 Oct');
  });

  it('write small latencies finer', () => {
    expect([latency(0.34), latency(9.87), latency(23.4)]).toEqual(['0.34', '9.9', '23']);
  });
});
