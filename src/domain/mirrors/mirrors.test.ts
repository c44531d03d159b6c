import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { authorPasses, passes } from './filter';
import { findLoop, type MirrorWay } from './loops';
import type { MirrorFilter } from './settings';

const filter = (more: Partial<MirrorFilter> = {}): MirrorFilter => ({
  authors: [],
  bots: false,
  contains: [],
  lacks: [],
  ...more,
});

describe('the filter of a mirror', () => {
  const message = { authorId: '7', bot: false, text: 'The Großes Event begins' };

  it.each([
    ['everything by default', filter(), message, true],
    ['no bots by default', filter(), { ...message, bot: true }, false],
    ['bots where they are wanted', filter({ bots: true }), { ...message, bot: true }, true],
    ['the named authors', filter({ authors: ['7', '8'] }), message, true],
    ['nobody else', filter({ authors: ['8'] }), message, false],
    ['one of the words, in any case', filter({ contains: ['x', 'EVENT'] }), message, true],
    ['nothing without one of the words', filter({ contains: ['x'] }), message, false],
    ['nothing with a word it must lack', filter({ lacks: ['begins'] }), message, false],
    ['letters of another form', filter({ contains: ['ｅｖｅｎｔ'] }), message, true],
  ])('lets through %s', (_, wanted, seen, expected) => {
    expect(passes(wanted, seen)).toBe(expected);
    expect(authorPasses(wanted, seen) || !expected).toBe(true);
  });
});

describe('a circle of mirrors', () => {
  const way = (from: string, to: string): MirrorWay => ({ name: `${from}${to}`, from, to });

  it('is found over any number of mirrors, beginning with the added one', () => {
    const ways = [way('a', 'b'), way('b', 'c'), way('b', 'd'), way('x', 'a')];
    expect(findLoop(ways, way('c', 'a'))).toEqual(['ca', 'ab', 'bc']);
    expect(findLoop(ways, way('c', 'd'))).toBeNull();
    expect(findLoop([], way('a', 'a'))).toEqual(['aa']);
  });

  it('is never there when every mirror was added only where none was found', () => {
    const channel = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    fc.assert(
      fc.property(fc.array(fc.tuple(channel, channel), { maxLength: 30 }), (pairs) => {
        const ways: MirrorWay[] = [];
        for (const [from, to] of pairs) {
          if (findLoop(ways, way(from, to)) === null) ways.push(way(from, to));
        }
        // Without circles, channels can be sorted so that every mirror leads forwards.
        let left = ways;
        for (;;) {
          const sources = new Set(left.map(({ from }) => from));
          const rest = left.filter(({ to }) => sources.has(to));
          if (rest.length === left.length) break;
          left = rest;
        }
        expect(left).toEqual([]);
      }),
    );
  });
});
