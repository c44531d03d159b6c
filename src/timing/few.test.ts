import { describe, expect, it } from '@jest/globals';
import { Few } from './few';

describe('a few jobs at the same time', () => {
  it('are run, and no more; when one is over, or failed, there is room again', async () => {
    const few = new Few(2, () => new Error('no room'));
    let finish = (): void => undefined;
    let fail = (): void => undefined;
    const first = few.run(
      () =>
        new Promise<string>((resolve) => {
          finish = () => {
            resolve('first');
          };
        }),
    );
    const second = few.run(
      () =>
        new Promise<string>((_, reject) => {
          fail = () => {
            reject(new Error('second'));
          };
        }),
    );
    const quick = () => few.run(() => Promise.resolve('quick'));
    await expect(quick()).rejects.toThrow('no room');
    finish();
    expect(await first).toBe('first');
    expect(await quick()).toBe('quick');
    fail();
    await expect(second).rejects.toThrow('second');
    expect(await Promise.all([quick(), quick()])).toEqual(['quick', 'quick']);
  });
});
