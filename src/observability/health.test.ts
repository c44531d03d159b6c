import { describe, expect, it } from '@jest/globals';
import { remembered, runChecks } from './health';

const reached = { name: 'a', run: () => Promise.resolve() };
const refused = { name: 'b', run: () => Promise.reject(new Error('refused')) };
const silent = { name: 'c', run: () => new Promise<void>(() => undefined) };

describe('runChecks', () => {
  it('names what is reached and what is not, and waits for nobody too long', async () => {
    expect(await runChecks([reached, refused, silent], 20)).toEqual([
      { name: 'a', ok: true },
      { name: 'b', ok: false, problem: 'refused' },
      { name: 'c', ok: false, problem: 'It did not answer within 20 ms.' },
    ]);
  });
});

describe('remembered', () => {
  it('asks again only after its time, sooner after a failure', async () => {
    let now = 0;
    let asked = 0;
    let fails = false;
    const check = remembered(
      {
        name: 'a',
        run: () => {
          asked += 1;
          return fails ? Promise.reject(new Error('refused')) : Promise.resolve();
        },
      },
      { goodFor: 60, badFor: 5, now: () => now },
    );
    const { signal } = new AbortController();
    await check.run(signal);
    fails = true;
    now = 59;
    await check.run(signal);
    expect(asked).toBe(1);
    now = 60;
    await expect(check.run(signal)).rejects.toThrow('refused');
    now = 64;
    await expect(check.run(signal)).rejects.toThrow('refused');
    expect(asked).toBe(2);
    fails = false;
    now = 65;
    await check.run(signal);
    expect(asked).toBe(3);
  });
});
