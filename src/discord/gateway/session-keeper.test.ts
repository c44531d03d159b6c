import { describe, expect, it } from '@jest/globals';
import { SessionKeeper } from './session-keeper';
import type { SessionStore, StoredSession } from './session-store';

const STORED: StoredSession = {
  applicationId: '1',
  sessionId: 'abc',
  resumeUrl: 'wss://resume.example.org',
  sequence: 12,
};
const GENERAL = 'wss://gateway.example.org';

/** A store that keeps everything that was ever saved. */
function memory(stored: StoredSession | null) {
  const saved: (StoredSession | null)[] = [stored];
  const store: SessionStore = {
    load: () => Promise.resolve(stored),
    save: (session) => {
      saved.push(session);
    },
    flush: () => Promise.resolve(),
  };
  return { store, last: () => saved.at(-1) ?? null };
}

const info = (sessionId: string, sequence: number) => ({
  sessionId,
  sequence,
  resumeURL: 'wss://resume.example.org',
  shardId: 0,
  shardCount: 1,
});

const NETWORK_ERROR = 1006;

describe('the session keeper', () => {
  it('resumes where the earlier process had handled everything', async () => {
    const { store } = memory(STORED);
    const keeper = await SessionKeeper.load(store, () => GENERAL);
    expect(keeper.retrieve()).toMatchObject({ sessionId: 'abc', sequence: 12 });
    expect(keeper.applicationId).toBe('1');
  });

  it('stores and tells Discord what was handled, not what was received', async () => {
    const { store, last } = memory(STORED);
    const keeper = await SessionKeeper.load(store, () => GENERAL);
    keeper.update(info('abc', 13));
    const first = keeper.begin(13);
    keeper.update(info('abc', 14));
    keeper.begin(14)?.();
    expect(keeper.retrieve()?.sequence).toBe(12);
    expect(last()?.sequence).toBe(12);
    first?.();
    expect(last()?.sequence).toBe(14);
    expect(keeper.retrieve()?.sequence).toBe(14);
    expect(keeper.begin(14)).toBeNull();
  });

  it('keeps the session when the library cannot connect', async () => {
    const { store } = memory(STORED);
    const keeper = await SessionKeeper.load(store, () => GENERAL);
    keeper.closed(NETWORK_ERROR);
    keeper.update(null);
    expect(keeper.retrieve()?.sessionId).toBe('abc');
  });

  it('keeps the session when an open connection breaks', async () => {
    const { store } = memory(STORED);
    const keeper = await SessionKeeper.load(store, () => GENERAL);
    keeper.hello();
    keeper.closed(NETWORK_ERROR);
    keeper.update(null);
    expect(keeper.retrieve()?.sessionId).toBe('abc');
  });

  it.each([
    ['with an invalid session', undefined],
    ['with an invalid sequence number', 4007],
  ])('gives the session up when Discord refuses it (%s)', async (_, code) => {
    const { store, last } = memory(STORED);
    const keeper = await SessionKeeper.load(store, () => GENERAL);
    keeper.hello();
    if (code !== undefined) keeper.closed(code);
    keeper.update(null);
    expect(keeper.retrieve()).toBeNull();
    expect(last()).toBeNull();
  });

  it('begins anew with a new session, and forgets the handling of the old one', async () => {
    const { store, last } = memory(STORED);
    const keeper = await SessionKeeper.load(store, () => GENERAL);
    const old = keeper.begin(13);
    keeper.hello();
    keeper.update(null);
    keeper.update(info('new', 1));
    keeper.ready('1');
    expect(last()).toMatchObject({ sessionId: 'new', sequence: 0 });
    old?.();
    keeper.begin(1)?.();
    expect(last()).toMatchObject({ sessionId: 'new', sequence: 1 });
  });

  it('tries the general address in turn when the own one is dead', async () => {
    const { store } = memory(STORED);
    const keeper = await SessionKeeper.load(store, () => GENERAL);
    const tried = Array.from({ length: 6 }, () => {
      const url = keeper.retrieve()?.resumeURL;
      keeper.closed(NETWORK_ERROR);
      return url;
    });
    expect(new Set(tried)).toEqual(new Set([GENERAL, STORED.resumeUrl]));
    expect(tried[0]).toBe(STORED.resumeUrl);
    keeper.hello();
    expect(keeper.retrieve()?.resumeURL).toBe(STORED.resumeUrl);
  });

  it('changes nothing any more once it is frozen', async () => {
    const { store } = memory(STORED);
    const keeper = await SessionKeeper.load(store, () => GENERAL);
    keeper.hello();
    keeper.freeze();
    keeper.update(null);
    expect(keeper.retrieve()?.sessionId).toBe('abc');
  });
});
