import { describe, expect, it } from '@jest/globals';
import { AtMost } from './at-most';

describe('jobs that may not all run at once', () => {
  it('begin in their order, as many as may, and each gives its own result', async () => {
    const atMost = new AtMost(2);
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const all = [0, 1, 2, 3].map((job) =>
      atMost.run(async () => {
        begun.push(job);
        await new Promise<void>((resolve) => ends.push(resolve));
        if (job === 1) throw new Error('job 1');
        return job;
      }),
    );
    const settled = Promise.allSettled(all);
    const next = async (): Promise<void> => {
      ends.shift()?.();
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    };
    expect(begun).toEqual([0, 1]);
    await next();
    expect(begun).toEqual([0, 1, 2]);
    // One that fails makes room as well.
    await next();
    expect(begun).toEqual([0, 1, 2, 3]);
    await next();
    await next();
    expect(
      (await settled).map((one) => (one.status === 'fulfilled' ? one.value : 'failed')),
    ).toEqual([0, 'failed', 2, 3]);
  });
});
