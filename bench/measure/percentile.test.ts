import { describe, expect, it } from '@jest/globals';
import { exactPercentile, median, percentile } from './percentile';

describe('a percentile of whole milliseconds', () => {
  it('lies within the millisecond that was measured', () => {
    expect(percentile([5], 0.5)).toBe(5);
    expect(percentile([2, 2, 2, 3], 0.5)).toBeCloseTo(2.17, 2);
    expect(percentile([2, 3, 3, 3], 0.5)).toBeCloseTo(2.83, 2);
  });

  it('finds the slow ones', () => {
    const times = [...Array<number>(98).fill(4), 90, 100];
    expect(percentile(times, 0.5)).toBeCloseTo(4.01, 2);
    expect(percentile(times, 0.99)).toBeCloseTo(99.5, 2);
    expect(percentile(times, 1)).toBe(100.5);
  });

  it('is not a number when nothing was measured', () => {
    expect(percentile([], 0.5)).toBeNaN();
  });
});

describe('a percentile of exact times', () => {
  it('is the least time that so many do not exceed', () => {
    const times = Array.from({ length: 200 }, (_, index) => index + 0.25);
    expect(exactPercentile(times, 0.5)).toBe(99.25);
    expect(exactPercentile(times, 0.99)).toBe(197.25);
    expect(exactPercentile(times, 1)).toBe(199.25);
    expect(exactPercentile([0.7], 0.01)).toBe(0.7);
  });

  it('is not a number when nothing was measured', () => {
    expect(exactPercentile([], 0.99)).toBeNaN();
  });
});

describe('the median of a few figures', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[7], 7],
  ])('of %j is %d', (figures, middle) => {
    expect(median(figures)).toBe(middle);
  });
});
