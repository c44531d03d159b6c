import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { fineClock } from './fine-clock';

describe('the clock with fractions of a millisecond', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: 1_700_000_000_000 });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('goes with the system’s clock', () => {
    const now = fineClock();
    expect(now()).toBe(1_700_000_000_000);
    jest.advanceTimersByTime(1_234);
    expect(now()).toBe(1_700_000_001_234);
  });

  it('goes on evenly where the system’s clock has whole milliseconds only', () => {
    const now = fineClock();
    const passed = jest.spyOn(performance, 'now');
    const begun = performance.now();
    passed.mockReturnValue(begun + 0.25);
    expect(now()).toBeCloseTo(1_700_000_000_000.25, 2);
    passed.mockRestore();
  });

  it.each(['ahead', 'back'] as const)('follows when the system’s clock is set %s', (where) => {
    const now = fineClock();
    const set = 1_700_000_000_000 + (where === 'ahead' ? 60_000 : -60_000);
    jest.setSystemTime(set);
    expect(now()).toBe(set);
    jest.advanceTimersByTime(5);
    expect(now()).toBe(set + 5);
  });
});
