import { describe, expect, it } from '@jest/globals';
import { Kept } from './kept';

class Gone extends Error {}

/** A clock and a store that a test moves. */
function kept(most = 100) {
  const errors: unknown[] = [];
  const clock = { now: 1_000 };
  const store = new Kept<{ readonly figure: number }>({
    freshMs: 10,
    meanwhileMs: 20,
    most,
    sizeOf: ({ figure }) => figure,
    isGone: (error) => error instanceof Gone,
    onError: (error) => errors.push(error),
    now: () => clock.now,
  });
  return { store, clock, errors };
}

const of = (figure: number) => () => Promise.resolve({ figure });
const never = () => Promise.reject(new Error('asked again'));

/** Lets everything that is under way come to its end. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('what is kept', () => {
  it('is loaded once, for all who come meanwhile', async () => {
    const { store } = kept();
    let loads = 0;
    const load = async () => {
      loads += 1;
      await settled();
      return { figure: 1 };
    };
    await Promise.all(Array.from({ length: 50 }, () => store.get('a', load)));
    await store.get('a', never);
    expect(loads).toBe(1);
  });

  it('is handed out a little longer while a new one is loaded', async () => {
    const { store, clock } = kept();
    await store.get('a', of(1));
    clock.now += 15;
    expect(await store.get('a', of(2))).toEqual({ value: { figure: 1 }, stale: false });
    await settled();
    expect(await store.get('a', never)).toEqual({ value: { figure: 2 }, stale: false });
  });

  it('is waited for when it is too old', async () => {
    const { store, clock } = kept();
    await store.get('a', of(1));
    clock.now += 31;
    expect(await store.get('a', of(2))).toEqual({ value: { figure: 2 }, stale: false });
  });

  it('is shown as old when nothing new can be had, and renewed when it can', async () => {
    const { store, clock, errors } = kept();
    await store.get('a', of(1));
    clock.now += 31;
    const away = new Error('away');
    const failing = () => Promise.reject(away);
    expect(await store.get('a', failing)).toEqual({ value: { figure: 1 }, stale: true });
    // For a while nobody tries again.
    expect(await store.get('a', of(2))).toEqual({ value: { figure: 1 }, stale: true });
    expect(errors).toEqual([away]);
    clock.now += 2_000;
    expect(await store.get('a', of(2))).toEqual({ value: { figure: 2 }, stale: false });
  });

  it('is not shown any more when there is no such thing', async () => {
    const { store, clock, errors } = kept();
    await store.get('a', of(1));
    clock.now += 31;
    await expect(store.get('a', () => Promise.reject(new Gone()))).rejects.toThrow(Gone);
    await expect(store.get('a', never)).rejects.toThrow('asked again');
    expect(errors).toEqual([]);
  });

  it('says why when there never was anything', async () => {
    await expect(kept().store.get('a', never)).rejects.toThrow('asked again');
  });

  it('has a bound, and forgets what nobody asked for', async () => {
    const { store } = kept(10);
    for (const key of ['a', 'b', 'c']) await store.get(key, of(4));
    await store.get('c', never);
    expect(await store.get('a', of(5))).toEqual({ value: { figure: 5 }, stale: false });
  });
});
