import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mayRename, worthWishing } from './channel-budget';

const MIN = 60_000;
const NOW = 1_000 * MIN;
const LATER = 10 * MIN + 15_000;

describe('a channel', () => {
  it('may be renamed when it was not for ten minutes', () => {
    expect(mayRename({ changes: [], now: NOW, urgent: false })).toBe('now');
    expect(mayRename({ changes: [NOW - LATER], now: NOW, urgent: false })).toBe('now');
  });

  it('keeps one of two changes back for what is urgent', () => {
    const changes = [NOW - 2 * MIN];
    expect(mayRename({ changes, now: NOW, urgent: false })).toEqual({
      notBefore: NOW - 2 * MIN + LATER,
    });
    expect(mayRename({ changes, now: NOW, urgent: true })).toBe('now');
  });

  it('is never renamed a third time in ten minutes', () => {
    const changes = [NOW - 9 * MIN, NOW - MIN];
    expect(mayRename({ changes, now: NOW, urgent: true })).toEqual({
      notBefore: NOW - 9 * MIN + LATER,
    });
  });

  it('does not wait for a clock that was put back', () => {
    const changes = [NOW + 600 * MIN];
    expect(mayRename({ changes, now: NOW, urgent: false })).toEqual({ notBefore: NOW + LATER });
  });

  it('never meets the limit, whatever is wished, and an urgent wish waits at most ten minutes', () => {
    const anyWishes = fc.array(fc.tuple(fc.nat(8 * MIN), fc.boolean()), { maxLength: 60 });
    fc.assert(
      fc.property(anyWishes, (wishes) => {
        const changes: number[] = [];
        const faults: unknown[] = [];
        let now = NOW;
        for (const [pause, urgent] of wishes) {
          now += pause;
          const time = mayRename({ changes, now, urgent });
          if (time === 'now') {
            changes.push(now);
            continue;
          }
          const { notBefore } = time;
          // Whoever comes at the time that was named is let in.
          const letIn = mayRename({ changes, now: notBefore, urgent }) === 'now';
          if (notBefore <= now || notBefore > now + LATER || !letIn)
            faults.push({ now, notBefore });
        }
        const third = (index: number) => changes[index + 2] ?? Infinity;
        const tooSoon = changes.filter((change, index) => third(index) - change <= 10 * MIN);
        expect([...faults, ...tooSoon]).toEqual([]);
      }),
    );
  });
});

describe('a name', () => {
  const last = { name: '🟢 survival 12/100', status: 'up', at: NOW };

  it('is worth a wish when it says something else of the server', () => {
    expect(worthWishing(null, last, NOW)).toBe(true);
    expect(worthWishing(last, { name: '🔴 survival', status: 'down' }, NOW)).toBe(true);
  });

  it('follows players only every five minutes', () => {
    const wish = { name: '🟢 survival 13/100', status: 'up' };
    expect(worthWishing(last, wish, NOW + 5 * MIN - 1)).toBe(false);
    expect(worthWishing(last, wish, NOW + 5 * MIN)).toBe(true);
  });

  it('that is the same is worth nothing', () => {
    expect(worthWishing(last, last, NOW + 60 * MIN)).toBe(false);
  });
});
