import { describe, expect, it } from '@jest/globals';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Turnstile } from './turnstile';

describe('the turnstile', () => {
  it('lets everybody pass, in their order, and not all in one turn', async () => {
    const turnstile = new Turnstile();
    // Before the first asks: the turnstile's own time runs from then on.
    const began = performance.now();
    const passed: number[] = [];
    const all = Array.from({ length: 200 }, async (_, number) => {
      await turnstile.pass();
      passed.push(number);
    });
    for (let turns = 1; passed.length < all.length; turns += 1) {
      await nextTurn();
      // Four a turn, and four a millisecond where turns take longer; each turn's number is rounded up.
      expect(passed.length).toBeLessThanOrEqual(4 * (performance.now() - began) + 5 * turns);
    }
    expect(passed).toEqual(all.map((_, number) => number));
    await turnstile.pass();
  });

  it('lets more pass when the turns are long', async () => {
    const turnstile = new Turnstile();
    let passed = 0;
    for (let number = 0; number < 1_000; number += 1) {
      void turnstile.pass().then(() => (passed += 1));
    }
    const until = performance.now() + 20;
    while (performance.now() < until);
    await nextTurn();
    await nextTurn();
    expect(passed).toBeGreaterThanOrEqual(80);
  });
});
