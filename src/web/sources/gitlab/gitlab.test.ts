import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { posted } from '../requests';
import { gitlab } from '.';

/** The shapes are those of GitLab's documentation; the values are ours. */
const project = {
  id: 9,
  path_with_namespace: 'castle/keep',
  web_url: 'https://gitlab.com/castle/keep',
};
const commit = (index: number) => ({
  id: index.toString(16).padStart(40, '0'),
  message: `Stone ${index}\n\nHeavy.`,
  title: `Stone ${index}`,
  timestamp: '2026-11-23T10:00:00+00:00',
  url: `https://gitlab.com/castle/keep/-/commit/${index}`,
  author: { name: 'Bo', email: 'bo@castle.example' },
  added: [`wall/${index}`],
  modified: [],
  removed: [],
});
const pushed = (more: object = {}) => ({
  object_kind: 'push',
  before: 'b'.repeat(40),
  after: 'c'.repeat(40),
  ref: 'refs/heads/main',
  user_name: 'Ada',
  user_avatar: 'https://gitlab.com/ada.png',
  project,
  commits: [commit(1), commit(2)],
  total_commits_count: 14,
  ...more,
});
const read = (event: string, payload: unknown) =>
  gitlab.parse(posted(payload, { 'x-gitlab-event': event }));

describe('a push', () => {
  it('is told with its commits and how many are left out', () => {
    expect(read('Push Hook', pushed())).toMatchObject({
      items: [
        {
          kind: 'push',
          commits: [{ title: 'Stone 1', author: { name: 'Bo' } }, { title: 'Stone 2' }],
          more: 12,
          paths: { names: ['wall/1', 'wall/2'], whole: false },
          author: { name: 'Ada', avatarUrl: 'https://gitlab.com/ada.png' },
          url: `https://gitlab.com/castle/keep/-/compare/${'b'.repeat(40)}...${'c'.repeat(40)}`,
        },
      ],
    });
  });

  it.each([
    ['Tag Push Hook', { ref: 'refs/tags/v1', before: '0'.repeat(40) }, 'tag.created'],
    ['Push Hook', { before: '0'.repeat(40), commits: [] }, 'branch.created'],
    ['Push Hook', { after: '0'.repeat(40), commits: [] }, 'branch.deleted'],
  ])('%s %j tells of a branch or tag', (hook, more, event) => {
    expect(read(hook, pushed(more))).toMatchObject({ items: [{ kind: 'ref', event }] });
  });
});

describe('commits that a push leaves out', () => {
  const leftOut = (more: object) => {
    const delivery = read('Push Hook', pushed(more));
    if (delivery.result !== 'items') throw new Error(delivery.result);
    return delivery.leftOut;
  };
  const range = (more: object) => {
    const [told] = leftOut(more) ?? [];
    return told === undefined ? null : new URL(told.address).searchParams.get('ref_name');
  };

  it('can be asked for where the project is', () => {
    const path = '/api/v4/projects/9/repository/commits';
    const query = `ref_name=${'b'.repeat(40)}..${'c'.repeat(40)}&per_page=100&page=1`;
    expect(leftOut({})).toEqual([
      {
        identity: `push:gitlab:9:branch:main:${'c'.repeat(40)}`,
        head: 'c'.repeat(40),
        address: `https://gitlab.com${path}?${query}`,
        count: 14,
      },
    ]);
    const below = { ...project, web_url: 'https://castle.example/git/castle/keep/' };
    expect(leftOut({ project: below })).toMatchObject([
      { address: `https://castle.example/git${path}?${query}` },
    ]);
  });

  it('of a new branch are those that the default branch does not have', () => {
    const isNew = {
      before: '0'.repeat(40),
      ref: 'refs/heads/moat',
      project: { ...project, default_branch: 'main' },
    };
    expect(range(isNew)).toBe(`main..${'c'.repeat(40)}`);
    expect(range({ ...isNew, ref: 'refs/heads/main' })).toBe('c'.repeat(40));
    expect(range({ ...isNew, project })).toBeNull();
  });

  it.each([
    ['nothing is left out', { total_commits_count: 2 }],
    ['the project has no page', { project: { ...project, web_url: null } }],
    ['the page is another one', { project: { ...project, web_url: 'https://gitlab.com/moat' } }],
    ['it names no commit', { before: 'main\ud800' }],
    ['the project is none', { project: { ...project, id: '../9' } }],
  ])('cannot be asked for where %s', (_, more) => {
    expect(leftOut(more)).toBeUndefined();
  });

  it('are read as the documentation shows them', () => {
    const address = 'https://gitlab.com/api/v4/projects/9/repository/commits?per_page=100&page=2';
    const told = {
      id: 'ed899a2f4b50b4370feeea94676502b42383c746',
      short_id: 'ed899a2f4b5',
      title: 'Replace sanitize with escape once',
      author_name: 'Example User',
      author_email: 'user@example.com',
      authored_date: '2021-09-20T11:50:22.001+00:00',
      committer_name: 'Administrator',
      committer_email: 'admin@example.com',
      committed_date: '2021-09-20T11:50:22.001+00:00',
      created_at: '2021-09-20T11:50:22.001+00:00',
      message: 'Replace sanitize with escape once\n\nIt is safer.',
      parent_ids: ['6104942438c14ec7bd21c6cd5bd995272b3faff6'],
      web_url: 'https://gitlab.com/castle/keep/-/commit/ed899a2f',
    };
    const page = (entries: unknown) =>
      gitlab.commits.read(Buffer.from(JSON.stringify(entries)), address);
    expect(page([told, null, { id: 1 }])).toEqual({
      commits: [
        {
          sha: told.id,
          message: told.message,
          author: { name: 'Example User', url: null, avatarUrl: null },
          url: told.web_url,
          at: told.committed_date,
        },
      ],
      next: null,
      total: null,
    });
    expect(page(Array.from({ length: 100 }, () => told))?.next).toBe(
      address.replace('page=2', 'page=3'),
    );
    for (const wrong of [{ message: '404 Project Not Found' }, null, 'x']) {
      expect(page(wrong)).toBeNull();
    }
    expect(gitlab.commits.read(Buffer.from([0xff]), address)).toBeNull();
  });
});

describe('other events', () => {
  const release = {
    id: 1,
    tag: 'v1',
    name: 'One',
    description: 'Text',
    project,
    url: 'https://gitlab.com/castle/keep/-/releases/v1',
  };
  it.each([
    ['create', 'created', 'release.published'],
    ['update', 'edited', 'release.edited'],
    ['delete', 'deleted', 'release.deleted'],
  ])('release %s', (action, change, event) => {
    expect(read('Release Hook', { ...release, action })).toMatchObject({
      items: [{ kind: 'release', change, event, identity: 'release:gitlab:9:1', title: 'One' }],
    });
  });

  const request = (action: string, more: object = {}) => ({
    user: { name: 'Ada', avatar_url: 'https://gitlab.com/ada.png' },
    project,
    object_attributes: {
      iid: 3,
      title: 'Lower the drawbridge',
      action,
      source_branch: 'bridge',
      target_branch: 'main',
      updated_at: '2026-11-23T10:00:00Z',
    },
    ...more,
  });
  it.each([
    ['open', {}, 'opened', 'created'],
    ['update', { changes: { title: { previous: 'a', current: 'b' } } }, 'opened', 'edited'],
    ['merge', {}, 'merged', 'created'],
    ['close', {}, 'closed', 'created'],
    ['reopen', {}, 'reopened', 'created'],
  ])('merge request %s', (action, more, act, change) => {
    expect(read('Merge Request Hook', request(action, more))).toMatchObject({
      items: [{ kind: 'merge-request', act, change, number: '3', into: 'main' }],
    });
  });

  it('a merge request whose labels changed is no news', () => {
    const told = request('update', { changes: { labels: {} } });
    expect(read('Merge Request Hook', told)).toMatchObject({ result: 'ignored' });
    expect(read('Merge Request Hook', request('approved'))).toMatchObject({ result: 'ignored' });
  });

  it.each([
    ['success', 'succeeded'],
    ['failed', 'failed'],
    ['canceled', 'cancelled'],
  ])('pipeline %s', (status, outcome) => {
    const told = {
      project,
      object_attributes: { id: 4, iid: 2, status, ref: 'main', tag: false, sha: 'c1' },
    };
    expect(read('Pipeline Hook', told)).toMatchObject({
      items: [
        { kind: 'run', outcome, number: '2', url: 'https://gitlab.com/castle/keep/-/pipelines/4' },
      ],
    });
  });

  it.each([
    [
      'Pipeline Hook',
      { project, object_attributes: { id: 4, status: 'running' } },
      { result: 'ignored' },
    ],
    ['Wiki Page Hook', {}, { result: 'ignored' }],
    ['Push Hook', { project }, { field: 'ref' }],
    ['Push Hook', '{', { field: 'body' }],
  ])('%s %j', (event, payload, expected) => {
    expect(read(event, payload)).toMatchObject(expected);
  });
});

describe('a delivery', () => {
  const now = Date.now();
  const key = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
  const signed = (secret: string, at = now) => {
    const signature = new Webhook(secret).sign('msg_1', new Date(at), '{}');
    return posted('{}', {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at / 1_000)),
      'webhook-signature': signature,
    });
  };

  it('is verified by its token', () => {
    const request = posted('{}', { 'x-gitlab-token': 'token' });
    const verdict = (...secrets: string[]) => gitlab.verify(request, { secrets, now });
    expect(verdict('new', 'token')).toEqual({ verdict: 'verified' });
    expect(verdict('new')).toEqual({ verdict: 'refused', reason: 'wrong-signature' });
    expect(gitlab.verify(posted('{}'), { secrets: ['token'], now })).toMatchObject({
      reason: 'unsigned',
    });
  });

  it('is verified by its signature, as an independent implementation makes it', () => {
    const other = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
    expect(gitlab.verify(signed(key), { secrets: ['token', other, key], now })).toEqual({
      verdict: 'verified',
    });
    expect(gitlab.verify(signed(key), { secrets: [other], now })).toMatchObject({
      reason: 'wrong-signature',
    });
    expect(gitlab.verify(signed(key, now - 400_000), { secrets: [key], now })).toMatchObject({
      reason: 'too-old',
    });
  });

  it('does not take a key as a token', () => {
    const request = posted('{}', { 'x-gitlab-token': key });
    expect(gitlab.verify(request, { secrets: [key], now })).toMatchObject({
      reason: 'wrong-signature',
    });
  });

  it('is known again when it is tried again', () => {
    expect(gitlab.deliveryId(posted('{}', { 'idempotency-key': 'k-1', 'webhook-id': 'w' }))).toBe(
      'k-1',
    );
    expect(gitlab.deliveryId(posted('{}', { 'webhook-id': 'w' }))).toBe('w');
  });
});
