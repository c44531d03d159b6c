import { describe, expect, it } from '@jest/globals';
import { nextPause } from './restart-pause';

describe('nextPause', () => {
  it('doubles from 0.2 to 30 seconds while a process does not become ready', () => {
    const pauses: number[] = [];
    for (let last = 0; pauses.length < 10; last = pauses.at(-1) ?? 0) {
      pauses.push(nextPause(last, undefined));
    }
    expect(pauses).toEqual([200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000]);
  });

  it('stays below 5 seconds for a process that was ready', () => {
    expect(nextPause(4_000, 1_000)).toBe(5_000);
    expect(nextPause(30_000, 1_000)).toBe(5_000);
  });

  it('begins anew after a minute of health', () => {
    expect(nextPause(30_000, 60_000)).toBe(200);
  });
});
