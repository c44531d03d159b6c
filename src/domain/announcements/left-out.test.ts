import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MOST } from './bounds';
import { commitIdentity } from './identity';
import type { Commit, Push } from './item';
import { withFound } from './left-out';

const commit = (index: number, author = 'Bo'): Commit => {
  const sha = index.toString(16).padStart(40, '0');
  return {
    identity: commitIdentity(sha),
    sha,
    title: `Stone ${index}`,
    author: { name: author, url: null, avatarUrl: null },
    url: null,
    at: null,
  };
};
/** Commits from one number to another, both included. */
const commits = (from: number, to: number, author?: string): readonly Commit[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => commit(from + index, author));
const push = (more: Partial<Push>): Push => ({
  kind: 'push',
  event: 'push',
  change: 'created',
  identity: 'push:1',
  place: null,
  author: null,
  url: null,
  at: null,
  ref: { kind: 'branch', name: 'main' },
  head: commit(32).sha,
  forced: false,
  commits: commits(13, 32),
  more: 12,
  paths: { names: ['wall'], whole: false },
  authors: ['Bo'],
  ...more,
});
const found = (list: readonly Commit[], total: number | null = null) => ({
  identity: 'push:1',
  commits: list,
  total,
});

describe('a push with what its service told when it was asked', () => {
  it('has all commits in their order, each once, as the delivery tells those that it tells', () => {
    const whole = withFound(push({}), found(commits(1, 32, 'Ada'), 32));
    expect(whole).toEqual(
      push({
        commits: [...commits(1, 12, 'Ada'), ...commits(13, 32)],
        more: 0,
        authors: ['Bo', 'Ada'],
      }),
    );
  });

  it('says how many are still left out', () => {
    expect(withFound(push({}), found(commits(23, 32)))).toEqual(push({}));
    expect(withFound(push({ more: 'unknown' }), found(commits(1, 32)))).toMatchObject({
      more: 'unknown',
    });
    const many = withFound(push({ more: 'unknown' }), found(commits(1, 32), 400));
    expect([many.commits.length, many.more]).toEqual([32, 368]);
  });

  it('never has more than an item may, nor one twice, nor fewer in all than before', () => {
    const number = fc.integer({ min: 1, max: 2 * MOST.commits });
    fc.assert(
      fc.property(number, number, number, fc.option(number), (head, told, asked, total) => {
        const before = push({
          commits: commits(Math.max(1, head - told + 1), head).slice(-MOST.commits),
          more: 'unknown',
        });
        const after = withFound(before, found(commits(Math.max(1, head - asked + 1), head), total));
        const shas = after.commits.map(({ sha }) => sha);
        expect(new Set(shas).size).toBe(shas.length);
        expect(shas).toEqual(shas.toSorted());
        expect(shas.length).toBeLessThanOrEqual(MOST.commits);
        expect(shas.length).toBeGreaterThanOrEqual(before.commits.length);
      }),
    );
  });
});
