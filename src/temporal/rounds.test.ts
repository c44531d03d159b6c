import { describe, expect, it } from '@jest/globals';
import { roundsEvery } from './rounds';

describe('roundsEvery', () => {
  it.each([
    [[], null],
    [[30_000], 30_000],
    [[30_000, 60_000], 30_000],
    [[30_000, 20_000], 10_000],
    [[15_000], 10_000],
    [[60_000, 90_000, 300_000], 30_000],
    [[86_400_000], 86_400_000],
  ])('for servers of %j ms a round comes every %s ms', (intervals, every) => {
    expect(roundsEvery(intervals)).toBe(every);
  });
});
