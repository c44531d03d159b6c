import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { FirstResponses } from './first-responses';

describe('what follows a first response', () => {
  it('begins at once when nobody else waits', async () => {
    const first = new FirstResponses();
    first.begin()();
    await expect(first.othersFirst()).resolves.toBeUndefined();
  });

  it('waits until the others were answered, and keeps its order', async () => {
    const first = new FirstResponses(() => 0);
    const answered = first.begin();
    const order: string[] = [];
    const follow = async (name: string) => {
      await first.othersFirst();
      order.push(name);
    };
    const followers = [follow('one'), follow('two')];
    await turn();
    expect(order).toEqual([]);
    order.push('answered');
    answered();
    answered();
    await Promise.all(followers);
    expect(order).toEqual(['answered', 'one', 'two']);
  });

  it('lets whoever clicks meanwhile pass', async () => {
    const first = new FirstResponses();
    const answered = first.begin();
    const order: string[] = [];
    let late = (): void => undefined;
    const followers = ['one', 'two'].map(async (name) => {
      await first.othersFirst();
      order.push(name);
      if (name === 'one') late = first.begin();
    });
    answered();
    while (!order.includes('one')) await turn();
    order.push('late');
    late();
    await Promise.all(followers);
    expect(order).toEqual(['one', 'late', 'two']);
  });

  it('does not wait for a response that hangs, or is far away', async () => {
    const first = new FirstResponses();
    first.begin();
    await expect(first.othersFirst()).resolves.toBeUndefined();
  });

  it('does not wait for ever while one click follows the other', async () => {
    const first = new FirstResponses();
    first.begin();
    const clicks = setInterval(() => first.begin(), 1);
    await expect(first.othersFirst()).resolves.toBeUndefined();
    clearInterval(clicks);
  });
});
