import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Bursts } from './bursts';

describe('bursts', () => {
  let told: { channelId: string; messages: readonly string[] }[];
  let answer: () => Promise<void>;
  let bursts: Bursts<string>;

  beforeEach(() => {
    jest.useFakeTimers();
    told = [];
    answer = () => Promise.resolve();
    bursts = new Bursts<string>({
      windowMs: 15_000,
      tell: (channelId, messages) => {
        told.push({ channelId, messages: [...messages] });
        return answer();
      },
    });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('tells once of everything that is written within the window', async () => {
    const first = bursts.add('a', 'one');
    await jest.advanceTimersByTimeAsync(14_000);
    const second = bursts.add('a', 'two');
    expect(told).toEqual([]);
    await jest.advanceTimersByTimeAsync(1_000);
    await Promise.all([first, second]);
    expect(told).toEqual([{ channelId: 'a', messages: ['one', 'two'] }]);
  });

  it('does not wait for silence', async () => {
    for (let second = 0; second < 60; second += 1) {
      void bursts.add('a', String(second));
      await jest.advanceTimersByTimeAsync(1_000);
    }
    expect(told).toHaveLength(4);
    expect(told.flatMap(({ messages }) => messages)).toHaveLength(60);
  });

  it('keeps channels apart', async () => {
    void bursts.add('a', 'one');
    void bursts.add('b', 'two');
    await jest.advanceTimersByTimeAsync(15_000);
    expect(told.map(({ channelId }) => channelId).sort()).toEqual(['a', 'b']);
  });

  it('goes on gathering while an earlier burst cannot be told', async () => {
    let mend: () => void = () => undefined;
    answer = () =>
      new Promise((resolve) => {
        mend = resolve;
      });
    void bursts.add('a', 'one');
    await jest.advanceTimersByTimeAsync(15_000);
    void bursts.add('a', 'two');
    await jest.advanceTimersByTimeAsync(60_000);
    void bursts.add('a', 'three');
    expect(told).toHaveLength(1);
    answer = () => Promise.resolve();
    mend();
    await jest.advanceTimersByTimeAsync(0);
    expect(told.at(1)).toEqual({ channelId: 'a', messages: ['two', 'three'] });
  });

  it('says so when a burst was not told', async () => {
    answer = () => Promise.reject(new Error('stopped'));
    const outcome = bursts.add('a', 'one').catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(15_000);
    await expect(outcome).resolves.toEqual(new Error('stopped'));
  });

  it('tells at once when it stops', async () => {
    void bursts.add('a', 'one');
    await bursts.stop(1_000);
    expect(told).toEqual([{ channelId: 'a', messages: ['one'] }]);
  });

  it('does not wait at its stop for longer than it is told', async () => {
    answer = () => new Promise(() => undefined);
    void bursts.add('a', 'one');
    jest.useRealTimers();
    await bursts.stop(20);
    expect(told).toHaveLength(1);
  });
});
