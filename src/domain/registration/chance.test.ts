import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chanceOfGuessing, chanceOverTime } from './chance';

describe('the chance of guessing a code', () => {
  it('is that of one guess among all codes', () => {
    expect(chanceOfGuessing({ kind: 'digits', guesses: 1, registrations: 1 })).toBeCloseTo(
      1 / 900_000,
      15,
    );
    const letters = chanceOfGuessing({ kind: 'letters', guesses: 1, registrations: 1 });
    expect(letters * 24 ** 8).toBeCloseTo(1, 9);
  });

  it('ends with the lock, however often somebody guesses', () => {
    const locked = chanceOfGuessing({ kind: 'digits', guesses: 10_000, registrations: 1 });
    expect(locked).toBeCloseTo(3 / 900_000, 12);
    expect(chanceOfGuessing({ kind: 'digits', guesses: 3, registrations: 1 })).toBe(locked);
  });

  it('of 10,000 guesses is as the documentation says', () => {
    const many = { guesses: 10_000, registrations: 10_000 };
    expect(chanceOfGuessing({ kind: 'letters', ...many })).toBeCloseTo(9.085e-8, 10);
    expect(chanceOfGuessing({ kind: 'digits', ...many })).toBeCloseTo(0.01105, 5);
    const players = { guesses: 10_000, registrations: 200 };
    expect(chanceOfGuessing({ kind: 'letters', ...players })).toBeCloseTo(9.085e-9, 11);
    expect(chanceOfGuessing({ kind: 'digits', ...players })).toBeCloseTo(6.664e-4, 7);
  });

  it('of who never ceases is as the documentation says', () => {
    const HOUR = 3_600_000;
    const day = { forMs: 24 * HOUR, lockMs: HOUR };
    const one = (kind: 'letters' | 'digits', more: object = {}) =>
      1 / chanceOverTime({ kind, names: 1, ...day, ...more });
    expect(one('letters') / 1e6).toBeCloseTo(917.29, 2);
    expect(one('digits')).toBeCloseTo(12_500.5, 1);
    expect(one('letters', { forMs: 30 * 24 * HOUR }) / 1e6).toBeCloseTo(30.58, 2);
    expect(one('digits', { forMs: 30 * 24 * HOUR })).toBeCloseTo(417.2, 1);
    expect(one('letters', { names: 1_000 }) / 1e3).toBeCloseTo(917.29, 2);
    expect(one('digits', { names: 1_000 })).toBeCloseTo(13.0, 1);
    // A lock that has begun is a whole one.
    expect(one('digits', { forMs: 1 })).toBeCloseTo(300_000, 4);
  });

  it('of who knows that it is one of some codes is their share', () => {
    const known = { kind: 'letters', guesses: 20, registrations: 1, codes: 20 } as const;
    expect(chanceOfGuessing(known)).toBeCloseTo(5 / 20, 12);
    expect(chanceOfGuessing({ ...known, mostAttempts: 20 })).toBe(1);
  });

  it('gets no greater by new codes in between', () => {
    const share = (attempts: number) =>
      chanceOfGuessing({ kind: 'digits', guesses: attempts, registrations: 1 });
    expect(1 - (1 - share(1)) * (1 - share(2))).toBeLessThan(share(3));
  });

  it('is what is counted where all codes can be tried', () => {
    // Three guesses on each of two registrations: the share of pairs of codes of which one was among them.
    const missed = (1 - 3 / 900_000) ** 2;
    expect(chanceOfGuessing({ kind: 'digits', guesses: 6, registrations: 2 })).toBeCloseTo(
      1 - missed,
      14,
    );
  });

  it('grows with guesses and registrations, and stays a chance', () => {
    const count = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(
        fc.constantFrom('letters' as const, 'digits' as const),
        count,
        count,
        count,
        (kind, guesses, more, registrations) => {
          const less = chanceOfGuessing({ kind, guesses, registrations });
          const greater = chanceOfGuessing({ kind, guesses: guesses + more, registrations });
          expect(less).toBeGreaterThanOrEqual(0);
          expect(greater).toBeGreaterThanOrEqual(less);
          expect(greater).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
