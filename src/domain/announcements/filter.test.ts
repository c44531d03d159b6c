import { describe, expect, it } from '@jest/globals';
import { MOST } from './bounds';
import { passes, type Filter } from './filter';
import { matches } from './glob';
import type { Item } from './item';
import { push, release, video } from './samples';

const reasonOf = (filter: Filter, item: Item): string | null => {
  const passage = passes(filter, item);
  return passage.passes ? null : passage.reason;
};

describe('a filter', () => {
  it('that asks for nothing lets everything through', () => {
    for (const item of [push(), release(), video()]) {
      expect(reasonOf({}, item)).toBeNull();
      expect(
        reasonOf(
          { events: [], branches: [], paths: [], authors: [], contains: [], lacks: [] },
          item,
        ),
      ).toBeNull();
    }
  });

  it.each<[Filter, Item, string | null]>([
    [{ events: ['push', 'release'] }, push(), null],
    [{ events: ['push', 'release'] }, release(), null],
    [{ events: ['release.*'] }, release(), null],
    [{ events: ['!release.deleted'] }, release(), null],
    [{ events: ['rel'] }, release(), 'The event release.published is not among rel.'],
    [{ events: ['!release'] }, release(), 'The event release.published is not among !release.'],
    [{ branches: ['main'] }, push(), null],
    [{ branches: ['release/*'] }, push(), 'The branch main does not fit release/*.'],
    [{ branches: ['**', '!main'] }, push(), 'The branch main does not fit **, !main.'],
    [{ branches: ['main'] }, release(), null],
    [{ branches: ['main'] }, push({ ref: { kind: 'tag', name: 'v1' } }), null],
    [{ paths: ['gate/**'] }, push(), null],
    [
      { paths: ['**/*.md', '!README.md'] },
      push(),
      'None of the changed files fits **/*.md, !README.md.',
    ],
    [{ paths: ['docs/**'] }, push({ paths: null }), null],
    [{ paths: ['docs/**'] }, push({ paths: { names: ['a'], whole: false } }), null],
    [{ authors: ['bo'] }, push(), null],
    [{ authors: ['Cy'] }, push(), 'Its author Ada, Bo does not fit Cy.'],
    [{ authors: ['!ada'] }, push(), null],
    [{ authors: ['!ada'] }, video(), 'Its author Ada does not fit !ada.'],
    [{ authors: ['!ada'] }, release(), null],
    [{ authors: ['ada'] }, release(), 'It names no author, and only ada is let through.'],
    [{ contains: ['DRAWBRIDGE'] }, push(), null],
    [{ contains: ['moat', 'wall'] }, push(), 'Its text holds none of moat, wall.'],
    [{ lacks: ['Keep'] }, video(), 'Its text holds “Keep”.'],
    [{ events: ['push'], lacks: ['wip'] }, push(), null],
  ])('%j judges', (filter, item, reason) => {
    expect(reasonOf(filter, item)).toBe(reason);
  });

  it('reads all titles of the longest push', () => {
    const commit = { identity: '', sha: '', author: null, url: null, at: null };
    const titles = Array.from({ length: MOST.commits }, () => 'x'.repeat(MOST.line));
    const commits = [...titles.slice(1), 'drawbridge'].map((title) => ({ ...commit, title }));
    expect(reasonOf({ contains: ['drawbridge'] }, push({ commits }))).toBeNull();
  });
});

describe('a pattern', () => {
  it.each([
    ['main', 'main', true],
    ['main', 'maint', false],
    ['*', 'feature/x', false],
    ['**', 'feature/x', true],
    ['feature/*', 'feature/x', true],
    ['feature/*', 'feature/x/y', false],
    ['**/x.ts', 'x.ts', true],
    ['**/x.ts', 'a/b/x.ts', true],
    ['**/x.ts', 'a/bx.ts', false],
    ['a/**/z', 'a/z', true],
    ['a/**/z', 'a/b/c/z', true],
    ['a/**/z', 'ab/z', false],
    ['v?.*', 'v1.2', true],
    ['v?', 'v/', false],
    ['?', '🏰', true],
    ['', '', true],
    ['*', '', true],
    ['a.b', 'axb', false],
    ['[ab](c|d)+$', '[ab](c|d)+$', true],
  ])('%j and %j: %s', (pattern, name, expected) => {
    expect(matches(pattern, name)).toBe(expected);
  });

  it('costs no more than both lengths multiplied', () => {
    expect(matches('*a'.repeat(150), `${'a'.repeat(299)}b`)).toBe(false);
    expect(matches('**a'.repeat(100), 'a'.repeat(300))).toBe(true);
  });
});
