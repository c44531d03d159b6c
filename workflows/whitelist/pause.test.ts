import { describe, expect, it } from '@jest/globals';
import { pauseAfter } from './pause';

describe('the pause before a server that is away is tried again', () => {
  it('grows to a quarter of an hour, and stays there', () => {
    const seconds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1_000].map(
      (tries) => pauseAfter(tries) / 1_000,
    );
    expect(seconds).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900]);
  });

  it('lets a week cost some hundred tries', () => {
    let tries = 0;
    for (let passed = 0; passed < 7 * 86_400_000; passed += pauseAfter(tries)) tries += 1;
    expect(tries).toBeLessThan(700);
  });
});
