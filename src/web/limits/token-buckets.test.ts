import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TokenBuckets } from './token-buckets';

describe('token buckets', () => {
  it('give a burst, then as many as flow in', () => {
    let now = 0;
    const buckets = new TokenBuckets({ burst: 3, perSecond: 0.5 }, 10, () => now);
    expect([1, 2, 3].map(() => buckets.take('a'))).toEqual([0, 0, 0]);
    expect(buckets.take('a')).toBe(2_000);
    expect(buckets.take('b')).toBe(0);
    now += 1_999;
    expect(buckets.take('a')).toBe(1);
    now += 1;
    expect(buckets.take('a')).toBe(0);
    expect(buckets.take('a')).toBe(2_000);
    now += 1_000_000;
    expect([1, 2, 3].map(() => buckets.take('a'))).toEqual([0, 0, 0]);
    expect(buckets.take('a')).toBe(2_000);
  });

  it('never give more than the burst and what flowed in since, and always say right when', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 }),
        (burst, perSecond, pauses) => {
          let now = 5_000;
          let taken = 0;
          const buckets = new TokenBuckets({ burst, perSecond }, 5, () => now);
          for (const pause of pauses) {
            now += pause;
            const ms = buckets.take('a');
            now += ms;
            expect(ms === 0 ? 0 : buckets.take('a')).toBe(0);
            taken += 1;
            expect(taken).toBeLessThanOrEqual(burst + ((now - 5_000) * perSecond) / 1_000 + 1e-6);
          }
        },
      ),
      { examples: [[2, 1, [0, 49, 0, 310, 0]]] },
    );
  });

  it('are not emptied by a clock that is set back', () => {
    let now = 1_000_000;
    const buckets = new TokenBuckets({ burst: 2, perSecond: 1 }, 5, () => now);
    buckets.take('a');
    now = 0;
    expect(buckets.take('a')).toBe(0);
    expect(buckets.take('a')).toBe(1_000);
    now = 1_000;
    expect(buckets.take('a')).toBe(0);
  });

  it('remember only so many, and forget first who came longest ago', () => {
    const buckets = new TokenBuckets({ burst: 1, perSecond: 1 }, 2, () => 0);
    for (const key of ['a', 'b', 'a', 'c']) buckets.take(key);
    expect(buckets.size).toBe(2);
    expect(buckets.take('a')).toBeGreaterThan(0);
    expect(buckets.take('b')).toBe(0);
  });
});
