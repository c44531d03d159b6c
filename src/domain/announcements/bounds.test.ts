import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { line, lines, MOST, webUrl } from './bounds';
import { commitIdentity, identity } from './identity';
import { isMilestone } from './milestones';

describe('what is kept of a text', () => {
  it('has a bounded length and holds nothing that a database refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 6_000 }), (text) => {
        expect(line(text).length).toBeLessThanOrEqual(MOST.line);
        expect(lines(text).length).toBeLessThanOrEqual(MOST.text);
        expect(`${line(text)}${lines(text)}${identity('x', text)}`).not.toContain('\0');
        expect(identity('x', text).length).toBeLessThanOrEqual(MOST.identity);
      }),
    );
  });

  it('says that it was cut', () => {
    expect(line('a'.repeat(301))).toBe(`${'a'.repeat(299)}…`);
    expect(lines('one\r\n\ntwo\0')).toBe('one\n\ntwo');
    expect(line('one\ntwo')).toBe('one two');
  });
});

describe('an address', () => {
  it.each([
    ['https://a.example/b?c#d', 'https://a.example/b?c#d'],
    ['HTTP://A.example', 'http://a.example/'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['/relative', null],
    ['https://user:secret@a.example/', null],
    [`https://a.example/${'a'.repeat(MOST.url)}`, null],
    [`https://a.example/${'ä'.repeat(MOST.url / 3)}`, null],
  ])('%s', (text, expected) => {
    expect(webUrl(text)).toBe(expected);
  });
});

describe('an identity', () => {
  it('is the same for the same, and another for another, also when it is too long to be shown', () => {
    expect(commitIdentity('ABC')).toBe(commitIdentity('abc'));
    expect(identity('a', 'b:c')).not.toBe(identity('a', 'b', 'c'));
    const long = 'x'.repeat(MOST.identity);
    expect(identity('entry', `${long}1`)).toBe(identity('entry', `${long}1`));
    expect(identity('entry', `${long}1`)).not.toBe(identity('entry', `${long}2`));
    expect(identity('entry', 'a\u200B')).not.toBe(identity('entry', 'a'));
  });
});

it('speaks of round numbers of stars', () => {
  const all = Array.from({ length: 30_001 }, (_, count) => count).filter(isMilestone);
  expect(all).toEqual([
    ...[1, 10, 25, 50, 75, 100, 200, 300, 400, 500, 600, 700, 800, 900],
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30].map((thousands) => thousands * 1_000),
  ]);
});
