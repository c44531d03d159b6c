import { describe, expect, it } from '@jest/globals';
import { WaitingRoom, WaitingRoomFull, type Wait } from './waiting-room';

/** A room over a number that tests change, which counts the looks. */
function setUp({ everyMs = 5, most = 10, mostOfGuest = 10 } = {}) {
  const stopping = new AbortController();
  const world = { value: 0, looks: 0, failure: undefined as Error | undefined };
  const room = new WaitingRoom<number>({
    look: () => {
      world.looks += 1;
      return world.failure === undefined
        ? Promise.resolve(world.value)
        : Promise.reject(world.failure);
    },
    everyMs,
    most,
    mostOfGuest,
    stopping: stopping.signal,
  });
  const wait = (more: Partial<Wait<number>> = {}) =>
    room.wait({
      key: 'a',
      guest: 'a',
      isNews: (value) => value > 0,
      forMs: 60_000,
      leaving: new AbortController().signal,
      ...more,
    });
  return { world, room, wait, stopping };
}

/** Lets everything that is under way come to its next pause. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a waiting room', () => {
  it('answers at once where there is news, or no time to wait', async () => {
    const { world, room, wait } = setUp();
    expect(await wait({ forMs: 0 })).toBe(0);
    world.value = 7;
    expect(await wait()).toBe(7);
    expect([world.looks, room.waiting]).toEqual([2, 0]);
  });

  it('answers all who wait as soon as there is news', async () => {
    const { world, room, wait } = setUp();
    const waits = [wait(), wait(), wait({ guest: 'b' }), wait({ isNews: (value) => value > 1 })];
    await settled();
    expect(room.waiting).toBe(4);
    world.value = 1;
    expect(await Promise.all(waits.slice(0, 3))).toEqual([1, 1, 1]);
    expect(room.waiting).toBe(1);
    world.value = 2;
    expect(await waits[3]).toBe(2);
    expect(room.waiting).toBe(0);
  });

  it('answers what was there last when the time is over', async () => {
    const { room, wait } = setUp();
    expect(await wait({ forMs: 20 })).toBe(0);
    expect(room.waiting).toBe(0);
  });

  it('looks once for all who wait for the same, and not at all when nobody waits', async () => {
    const { world, room, wait } = setUp({ everyMs: 1_000_000 });
    const leaving = new AbortController();
    const waits = Array.from({ length: 8 }, () => wait({ leaving: leaving.signal }));
    await settled();
    expect([world.looks, room.waiting]).toEqual([1, 8]);
    leaving.abort();
    await Promise.all(waits);
    expect([world.looks, room.waiting]).toEqual([1, 0]);
  });

  it('lets nobody in beyond its size', async () => {
    const { room, wait, stopping } = setUp({ most: 3, mostOfGuest: 2 });
    const waits = [wait(), wait(), wait({ guest: 'b' })];
    await settled();
    await expect(wait()).rejects.toMatchObject({ of: 'guest' });
    await expect(wait({ guest: 'b' })).rejects.toMatchObject({ of: 'all' });
    await expect(wait({ guest: 'c' })).rejects.toThrow(WaitingRoomFull);
    stopping.abort();
    await Promise.all(waits);
    expect(room.waiting).toBe(0);
  });

  it('lets all go when the process stops, and nobody wait afterwards', async () => {
    const { world, room, wait, stopping } = setUp();
    const waits = [wait(), wait({ key: 'b' })];
    await settled();
    stopping.abort();
    expect(await Promise.all(waits)).toEqual([0, 0]);
    expect(await wait()).toBe(0);
    const { looks } = world;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([world.looks, room.waiting]).toEqual([looks, 0]);
  });

  it('does not wait for whoever left before', async () => {
    const { room, wait } = setUp();
    expect(await wait({ leaving: AbortSignal.abort() })).toBe(0);
    expect(room.waiting).toBe(0);
  });

  it('tells all who wait that nothing can be seen, and serves the next ones', async () => {
    const { world, room, wait } = setUp();
    const waits = [wait(), wait()];
    await settled();
    world.failure = new Error('away');
    const results = await Promise.allSettled(waits);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(wait()).rejects.toThrow('away');
    world.failure = undefined;
    world.value = 3;
    expect(await wait()).toBe(3);
    expect(room.waiting).toBe(0);
  });
});
