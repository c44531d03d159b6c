import { describe, expect, it } from '@jest/globals';
import { FirstAnswers } from './first-answers';

describe('first answers', () => {
  it('are given again to the same request, and not to another with its id', async () => {
    const answers = new FirstAnswers<number>(
      () => 0,
      () => 1,
    );
    let made = 0;
    const ask = (server: string, id: string, request = 'a') =>
      answers.answer(server, id, request, () => Promise.resolve((made += 1)));
    expect(await ask('one', 'x')).toBe(1);
    expect(await ask('one', 'x')).toBe(1);
    await expect(ask('one', 'x', 'b')).rejects.toThrow('Another request');
    expect(await ask('one', 'y')).toBe(2);
    expect(await ask('two', 'x', 'b')).toBe(3);
  });

  it('are waited for while they are made', async () => {
    const answers = new FirstAnswers<string>(
      () => 0,
      () => 1,
    );
    let finish: (answer: string) => void = () => undefined;
    const first = answers.answer(
      'one',
      'x',
      'a',
      () => new Promise((resolve) => (finish = resolve)),
    );
    const second = answers.answer('one', 'x', 'a', () => Promise.resolve('another'));
    finish('first');
    expect(await Promise.all([first, second])).toEqual(['first', 'first']);
  });

  it('are none where nothing could be answered: the repetition tries again', async () => {
    const answers = new FirstAnswers<string>(
      () => 0,
      () => 1,
    );
    const away = () => Promise.reject(new Error('away'));
    const together = [1, 2].map(() => answers.answer('one', 'x', 'a', away));
    const results = await Promise.allSettled(together);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await answers.answer('one', 'x', 'a', () => Promise.resolve('there'))).toBe('there');
  });

  it('are forgotten after half an hour, and beyond so many of one server', async () => {
    let now = Date.UTC(2026, 10, 23);
    const answers = new FirstAnswers<number>(
      () => now,
      () => 1,
    );
    const ask = (server: string, id: string, value: number) =>
      answers.answer(server, id, 'a', () => Promise.resolve(value));
    await ask('one', 'x', 1);
    now += 30 * 60_000 - 1;
    expect(await ask('one', 'x', 2)).toBe(1);
    now += 2;
    expect(await ask('one', 'x', 3)).toBe(3);
    await ask('quiet', 'x', 1);
    for (let count = 0; count < 5_001; count += 1) await ask('one', `busy-${count}`, 0);
    expect(await ask('one', 'x', 4)).toBe(4);
    expect(await ask('quiet', 'x', 4)).toBe(1);
  });

  it('take so much memory at most', async () => {
    const answers = new FirstAnswers<string>(
      () => 0,
      ({ length }) => length,
    );
    const ask = (id: string, text: string) =>
      answers.answer('one', id, 'a', () => Promise.resolve(text));
    const large = 'x'.repeat(1_500_000);
    for (const id of ['a', 'b', 'c']) await ask(id, large);
    expect(await ask('c', 'again')).toBe(large);
    expect(await ask('a', 'again')).toBe('again');
    // What does not fit at all is answered, and not remembered.
    const huge = 'x'.repeat(5_000_000);
    expect(await ask('d', huge)).toBe(huge);
    expect(await ask('d', 'again')).toBe('again');
  });
});
