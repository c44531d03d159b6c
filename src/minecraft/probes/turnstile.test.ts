import { describe, expect, it } from '@jest/globals';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Turnstile } from './turnstile';

describe('the turnstile', () => {
  it('lets everybody pass, in their order, and not all in one turn', async () => {
    const turnstile = new Turnstile();
    const passed: number[] = [];
    const all = Array.from({ length: 200 }, async (_, number) => {
      await turnstile.pass();
      passed.push(number);
    });
    let turns = 0;
    while (passed.length < all.length) {
      await nextTurn();
      turns += 1;
    }
    expect(passed).toEqual(all.map((_, number) => number));
    expect(turns).toBeGreaterThan(1);
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
