import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { posted } from '../requests';
import { bitbucket } from '.';

/** The shapes are those of Bitbucket's documentation; the values are ours. */
const repository = {
  type: 'repository',
  uuid: '{6f1e2a3b-0000-4000-8000-000000000001}',
  full_name: 'castle/keep',
  links: { html: { href: 'https://bitbucket.org/castle/keep' } },
};
const actor = {
  type: 'user',
  display_name: 'Ada',
  nickname: 'ada',
  links: {
    html: { href: 'https://bitbucket.org/ada' },
    avatar: { href: 'https://bitbucket.org/account/ada/avatar' },
  },
};
const commit = (index: number) => ({
  type: 'commit',
  hash: index.toString(16).padStart(40, '0'),
  message: `Stone ${index}\n`,
  date: '2026-11-23T10:00:00+00:00',
  author: { raw: `Bo <bo@castle.example>` },
  links: { html: { href: `https://bitbucket.org/castle/keep/commits/${index}` } },
});
const branch = (name: string, hash = 'c'.repeat(40)) => ({
  type: 'branch',
  name,
  target: { hash, date: '2026-11-23T10:00:00+00:00' },
});
const change = (more: object) => ({
  old: branch('main', 'b'.repeat(40)),
  new: branch('main'),
  forced: false,
  truncated: false,
  commits: [],
  links: { html: { href: 'https://bitbucket.org/castle/keep/branches/compare/c..b' } },
  ...more,
});
const pushed = (...changes: readonly object[]) => ({ actor, repository, push: { changes } });
const read = (event: string, payload: unknown) =>
  bitbucket.parse(posted(payload, { 'x-event-key': event }));

describe('a push', () => {
  it('is told with the newest five commits, and that there are more', () => {
    const commits = [5, 4, 3, 2, 1].map(commit);
    expect(read('repo:push', pushed(change({ commits, truncated: true })))).toMatchObject({
      result: 'items',
      items: [
        {
          kind: 'push',
          identity: expect.stringContaining('c'.repeat(40)),
          commits: [1, 2, 3, 4, 5].map((index) => ({ title: `Stone ${index}` })),
          more: 'unknown',
          authors: ['Bo'],
          author: { name: 'Ada', url: 'https://bitbucket.org/ada' },
          ref: { kind: 'branch', name: 'main' },
          paths: null,
          at: Date.parse('2026-11-23T10:00:00Z'),
        },
      ],
    });
  });

  it('of several branches and tags is as many items', () => {
    const tag = { ...branch('v1'), type: 'tag' };
    const delivery = read(
      'repo:push',
      pushed(
        change({ commits: [commit(1)] }),
        change({ old: null, new: tag }),
        change({ old: branch('old'), new: null }),
        change({ old: null, new: null }),
      ),
    );
    expect(delivery).toMatchObject({
      items: [
        { event: 'push' },
        { event: 'tag.created', ref: { kind: 'tag', name: 'v1' } },
        { event: 'branch.deleted', ref: { name: 'old' } },
      ],
    });
  });

  it('never shows the address of who wrote a commit', () => {
    const delivery = read('repo:push', pushed(change({ commits: [commit(1)] })));
    expect(JSON.stringify(delivery)).not.toContain('bo@castle.example');
  });

  it('that changed nothing is no news', () => {
    expect(read('repo:push', pushed())).toMatchObject({ result: 'ignored' });
  });
});

describe('commits that a push leaves out', () => {
  const leftOut = (more: object) => {
    const delivery = read('repo:push', pushed(change({ truncated: true, ...more })));
    return delivery.result === 'items' ? delivery.leftOut : delivery;
  };
  const api = 'https://api.bitbucket.org/2.0/repositories/castle/keep/commits';
  const range = `include=${'c'.repeat(40)}&exclude=${'b'.repeat(40)}`;

  it('can be asked for where the change says, or where the service has them', () => {
    const expected = {
      identity: expect.stringContaining(`:main:${'c'.repeat(40)}`),
      head: 'c'.repeat(40),
      address: `${api}?${range}&pagelen=100`,
      count: null,
    };
    expect(leftOut({ links: { commits: { href: `${api}?${range}` } } })).toEqual([expected]);
    expect(leftOut({})).toEqual([expected]);
  });

  it.each([
    ['all are told', { truncated: false }],
    ['a new branch would list the whole history', { old: null, commits: [commit(1)] }],
    ['it names no commit', { new: branch('main', 'x') }],
  ])('cannot be asked for where %s', (_, more) => {
    expect(leftOut(more)).toBeUndefined();
  });

  it('of several branches are asked for each', () => {
    const cut = { truncated: true, commits: [commit(1)] };
    const delivery = read(
      'repo:push',
      pushed(
        change(cut),
        change({ commits: [commit(2)] }),
        change({ ...cut, new: branch('moat', 'd'.repeat(40)) }),
      ),
    );
    expect(delivery).toMatchObject({
      leftOut: [{ head: 'c'.repeat(40) }, { head: 'd'.repeat(40) }],
    });
  });

  it('are read as the documentation shows them', () => {
    const page = (told: unknown) =>
      bitbucket.commits.read(Buffer.from(JSON.stringify(told)), `${api}?${range}`);
    const next = `${api}?${range}&page=2`;
    expect(page({ pagelen: 100, values: [commit(2), {}, commit(1)], page: 1, next })).toEqual({
      commits: [2, 1].map((index) => ({
        sha: commit(index).hash,
        message: `Stone ${index}\n`,
        at: '2026-11-23T10:00:00+00:00',
        url: `https://bitbucket.org/castle/keep/commits/${index}`,
        author: { name: 'Bo', url: null, avatarUrl: null },
      })),
      next,
      total: null,
    });
    expect(page({ values: [] })).toEqual({ commits: [], next: null, total: null });
    expect(page({ type: 'error', error: { message: 'Repository not found' } })).toBeNull();
  });
});

describe('a pull request', () => {
  const told = {
    actor,
    repository,
    pullrequest: {
      id: 2,
      title: 'Lower the drawbridge',
      description: 'Slowly.',
      source: { branch: { name: 'bridge' } },
      destination: { branch: { name: 'main' } },
      author: actor,
      created_on: '2026-11-23T10:00:00Z',
      updated_on: '2026-11-23T11:00:00Z',
      links: { html: { href: 'https://bitbucket.org/castle/keep/pull-requests/2' } },
    },
  };

  it.each([
    ['created', 'opened', 'created'],
    ['updated', 'opened', 'edited'],
    ['fulfilled', 'merged', 'created'],
    ['rejected', 'closed', 'created'],
  ])('%s', (event, act, changed) => {
    expect(read(`pullrequest:${event}`, told)).toMatchObject({
      items: [
        {
          kind: 'merge-request',
          event: `pull_request.${event}`,
          act,
          change: changed,
          number: '2',
          from: 'bridge',
          into: 'main',
          identity: expect.stringMatching(new RegExp(`:2:${act}$`)),
        },
      ],
    });
  });
});

describe('a pipeline', () => {
  const status = (state: string) => ({
    actor,
    repository,
    commit_status: {
      key: 'build',
      name: 'Pipeline 3',
      state,
      url: 'https://bitbucket.org/castle/keep/pipelines/3',
      refname: 'main',
      updated_on: '2026-11-23T10:00:00Z',
      commit: { hash: 'c'.repeat(40) },
    },
  });

  it.each([
    ['SUCCESSFUL', 'succeeded'],
    ['FAILED', 'failed'],
    ['STOPPED', 'cancelled'],
  ])('%s', (state, outcome) => {
    expect(read('repo:commit_status_updated', status(state))).toMatchObject({
      items: [{ kind: 'run', outcome, event: `pipeline.${outcome}`, title: 'Pipeline 3' }],
    });
  });

  it('that runs is no news', () => {
    expect(read('repo:commit_status_created', status('INPROGRESS'))).toMatchObject({
      result: 'ignored',
    });
  });
});

describe('a delivery', () => {
  it('is verified, known again and refused', () => {
    const signature = (key: string) =>
      `sha256=${createHmac('sha256', key).update('{}').digest('hex')}`;
    const signed = (key: string) => posted('{}', { 'x-hub-signature': signature(key) });
    const secrets = ['old', 'new'];
    for (const key of secrets) {
      expect(bitbucket.verify(signed(key), { secrets })).toEqual({ verdict: 'verified' });
    }
    expect(bitbucket.verify(signed('other'), { secrets })).toMatchObject({ verdict: 'refused' });
    const uuid = '0f5e1c2a-0000-4000-8000-000000000001';
    expect(bitbucket.deliveryId(posted('{}', { 'x-request-uuid': uuid }))).toBe(uuid);
    expect(bitbucket.deliveryId(posted('{}', { 'x-request-uuid': `{${uuid}}` }))).toBe(uuid);
  });

  it.each([
    ['repo:fork', {}, { result: 'ignored' }],
    ['repo:push', { repository }, { result: 'malformed', field: 'push' }],
    ['repo:push', { repository: {}, push: { changes: [] } }, { field: 'repository.full_name' }],
    ['repo:push', { repository, push: { changes: {} } }, { field: 'push.changes' }],
    ['repo:push', { repository, push: { changes: [1, null] } }, { result: 'ignored' }],
    ['repo:push', 'no JSON', { result: 'malformed', field: 'body' }],
  ])('%s %j', (event, payload, expected) => {
    expect(read(event, payload)).toMatchObject(expected);
  });

  it('without an event is malformed', () => {
    expect(bitbucket.parse(posted({}))).toMatchObject({ field: 'X-Event-Key' });
  });
});
