import { describe, expect, it } from '@jest/globals';
import { Gate } from './gate';

describe('a gate', () => {
  it('lets a few through at once, the others one after another, and turns the rest away', async () => {
    const gate = new Gate(2, 3);
    let running = 0;
    let most = 0;
    const releases: (() => void)[] = [];
    const work = async (): Promise<string> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => releases.push(resolve));
      running -= 1;
      return 'done';
    };
    const all = Array.from({ length: 6 }, () => gate.through(work));
    await expect(all.at(-1)).rejects.toMatchObject({ problem: { status: 503 } });
    while (releases.length > 0) {
      releases.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await Promise.all(all.slice(0, 5))).toEqual(Array(5).fill('done'));
    expect(most).toBe(2);
  });

  it('is free again after a failure', async () => {
    const gate = new Gate(1, 0);
    await expect(gate.through(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await gate.through(() => Promise.resolve('yes'))).toBe('yes');
  });
});
