import { describe, expect, it } from '@jest/globals';
import { posted } from '../requests';
import { github } from '.';

const repository = {
  id: 7,
  full_name: 'castle/keep',
  compare_url: 'https://api.github.com/repos/castle/keep/compare/{base}...{head}',
};
const commit = (index: number) => ({ id: index.toString(16).padStart(40, '0'), message: 'Stone' });
const range = `${'b'.repeat(40)}...${'a'.repeat(40)}`;

const leftOut = (more: object, told = 2_048) => {
  const delivery = github.parse(
    posted(
      {
        ref: 'refs/heads/main',
        before: 'b'.repeat(40),
        after: 'a'.repeat(40),
        commits: Array.from({ length: told }, (_, index) => commit(index)),
        repository,
        ...more,
      },
      { 'x-github-event': 'push' },
    ),
  );
  return delivery.result === 'items' ? delivery.leftOut : delivery;
};

describe('commits that a push leaves out', () => {
  it('can be asked for where the repository is', () => {
    expect(leftOut({})).toEqual([
      {
        identity: `push:github:7:branch:main:${'a'.repeat(40)}`,
        head: 'a'.repeat(40),
        address: `https://api.github.com/repos/castle/keep/compare/${range}`,
        count: null,
      },
    ]);
    const own = 'https://castle.example/api/v3/repos/castle/keep/compare';
    const enterprise = { ...repository, compare_url: `${own}/{base}...{head}` };
    expect(leftOut({ repository: enterprise })).toMatchObject([{ address: `${own}/${range}` }]);
  });

  it.each([
    ['the repository names no address', { repository: { ...repository, compare_url: null } }],
    ['nothing was there before', { before: '0'.repeat(40) }],
    ['it names no commit', { before: 'main' }],
  ])('cannot be asked for where %s', (_, more) => {
    expect(leftOut(more)).toBeUndefined();
  });

  it('are none where all are told', () => {
    expect(leftOut({}, 2_047)).toBeUndefined();
  });

  it('are read as the documentation shows them, the newest first', () => {
    const page = (told: unknown) => github.commits.read(Buffer.from(JSON.stringify(told)), '');
    const told = (index: number) => ({
      sha: commit(index).id,
      html_url: `https://github.com/castle/keep/commit/${index}`,
      commit: {
        author: { name: 'Ada L.', email: 'ada@castle.example', date: '2026-11-23T09:00:00Z' },
        committer: { name: 'GitHub', date: '2026-11-23T10:00:00Z' },
        message: `Stone ${index}`,
      },
      author: { login: 'ada', html_url: 'https://github.com/ada', avatar_url: null },
      parents: [],
    });
    const unknown = { ...told(1), author: null };
    expect(page({ status: 'ahead', total_commits: 2_500, commits: [unknown, told(2)] })).toEqual({
      commits: [
        {
          sha: commit(2).id,
          message: 'Stone 2',
          author: { name: 'ada', url: 'https://github.com/ada', avatarUrl: null },
          url: 'https://github.com/castle/keep/commit/2',
          at: '2026-11-23T10:00:00Z',
        },
        expect.objectContaining({ author: { name: 'Ada L.', url: null, avatarUrl: null } }),
      ],
      next: null,
      total: 2_500,
    });
    expect(page({ message: 'Not Found' })).toBeNull();
  });
});
