import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Delivery } from '../../../domain/announcements/delivery';
import type { Item } from '../../../domain/announcements/item';
import { posted } from '../requests';
import { github } from '.';

interface Definition {
  readonly name: string;
  readonly examples: readonly Readonly<Record<string, unknown>>[];
}

/** Those of the service itself, and of the versions that people run themselves. */
const examples = ['api.github.com', ...[31, 32, 33, 34, 35].map((version) => `ghes-${version}`)]
  .map((place) => ({
    place,
    file: require.resolve(`@octokit/webhooks-examples/${place}/index.json`),
  }))
  .flatMap(({ place, file }) =>
    (JSON.parse(readFileSync(file, 'utf8')) as readonly Definition[]).flatMap((definition) =>
      definition.examples.map((payload, index) => ({
        name: `${place} ${definition.name} ${index}`,
        event: definition.name,
        payload,
      })),
    ),
  );
const read = (event: string, payload: unknown): Delivery =>
  github.parse(posted(payload, { 'x-github-event': event }));
const itemOf = (event: string, payload: unknown): Item => {
  const delivery = read(event, payload);
  if (delivery.result !== 'items') throw new Error(JSON.stringify(delivery));
  return delivery.items[0];
};
const reasonOf = (event: string, payload: unknown): string => {
  const delivery = read(event, payload);
  if (delivery.result !== 'ignored') throw new Error(JSON.stringify(delivery));
  return delivery.reason;
};

/** What is published as an example of an action. */
const example = (event: string, action: string): Record<string, unknown> => {
  const found = examples.find(
    ({ event: name, payload }) => name === event && payload['action'] === action,
  );
  if (found === undefined) throw new Error(`There is no example of ${event} ${action}.`);
  return { ...found.payload };
};

const repository = {
  id: 7,
  full_name: 'castle/keep',
  html_url: 'https://github.com/castle/keep',
};
const commit = (index: number) => ({
  id: index.toString(16).padStart(40, '0'),
  message: `Stone ${index}\n\nIt is heavy.`,
  timestamp: '2026-11-23T10:00:00Z',
  url: `https://github.com/castle/keep/commit/${index}`,
  author: { name: 'Ada L.', username: 'ada' },
  added: [`wall/${index}.ts`],
  removed: [],
  modified: ['README.md'],
});
const pushed = (commits: readonly unknown[], more = {}) => ({
  ref: 'refs/heads/main',
  before: 'b'.repeat(40),
  after: 'A'.repeat(40),
  created: false,
  deleted: false,
  forced: false,
  compare: 'https://github.com/castle/keep/compare/b...a',
  commits,
  repository,
  sender: { login: 'ada', html_url: 'https://github.com/ada', avatar_url: 'javascript:x' },
  ...more,
});

describe('every published example', () => {
  it.each(examples)('is news, or not with a reason: $name', ({ event, payload }) => {
    const delivery = read(event, payload);
    const told =
      delivery.result === 'ignored' ? delivery.reason : `${delivery.result} and no reason needed.`;
    expect(told).toMatch(/^(?!malformed)\S.{10,}\.$/);
  });

  it('is there', () => {
    expect(examples.filter(({ name }) => name.startsWith('api.github.com'))).toHaveLength(329);
    expect(new Set(examples.map(({ event }) => event)).size).toBeGreaterThanOrEqual(58);
  });

  it('is news for each event that we announce', () => {
    const news = examples.filter(({ event, payload }) => read(event, payload).result === 'items');
    expect(new Set(news.map(({ event }) => event))).toEqual(
      new Set(['push', 'release', 'pull_request', 'issues', 'workflow_run', 'star']),
    );
  });
});

describe('a push', () => {
  it('is told with its commits, its files and who wrote them', () => {
    expect(itemOf('push', pushed([commit(1), commit(2)]))).toEqual({
      kind: 'push',
      event: 'push',
      change: 'created',
      identity: `push:github:7:branch:main:${'a'.repeat(40)}`,
      place: { name: 'castle/keep', url: 'https://github.com/castle/keep' },
      author: { name: 'ada', url: 'https://github.com/ada', avatarUrl: null },
      url: 'https://github.com/castle/keep/compare/b...a',
      at: Date.parse('2026-11-23T10:00:00Z'),
      ref: { kind: 'branch', name: 'main' },
      head: 'A'.repeat(40),
      forced: false,
      commits: [1, 2].map((index) => ({
        identity: `commit:${commit(index).id}`,
        sha: commit(index).id,
        title: `Stone ${index}`,
        author: { name: 'ada', url: 'https://github.com/ada', avatarUrl: null },
        url: commit(index).url,
        at: Date.parse('2026-11-23T10:00:00Z'),
      })),
      more: 0,
      paths: { names: ['wall/1.ts', 'README.md', 'wall/2.ts'], whole: true },
      authors: ['ada'],
    });
  });

  it('of many commits shows the newest and counts the others', () => {
    const all = Array.from({ length: 262 }, (_, index) => commit(index));
    const item = itemOf('push', pushed(all));
    if (item.kind !== 'push') throw new Error(item.kind);
    expect(item.commits.map(({ title }) => title)[0]).toBe('Stone 12');
    expect(item.commits).toHaveLength(250);
    expect(item.more).toBe(12);
    expect(item.paths?.names).toContain('wall/0.ts');
  });

  it('of as many commits as GitHub tells at most has more, nobody knows how many', () => {
    const all = Array.from({ length: 2_048 }, (_, index) => commit(index));
    const item = itemOf('push', pushed(all));
    expect(item).toMatchObject({ more: 'unknown', paths: { whole: false } });
  });

  it.each([
    [{ ref: 'refs/tags/v1', created: true }, 'tag.created', { kind: 'tag', name: 'v1' }],
    [{ created: true }, 'branch.created', { kind: 'branch', name: 'main' }],
    [{ after: '0'.repeat(40), deleted: true }, 'branch.deleted', { kind: 'branch', name: 'main' }],
  ])('without commits tells of a branch or tag: %j', (more, event, ref) => {
    expect(itemOf('push', pushed([], more))).toMatchObject({ kind: 'ref', event, ref });
  });

  it('survives a name that is no text in Unicode', () => {
    const odd = { ...commit(1), author: { username: 'a\ud800' } };
    expect(itemOf('push', pushed([odd]))).toMatchObject({ commits: [{ sha: commit(1).id }] });
  });

  it('survives what is absent, null or of another type', () => {
    const bare = { ref: 'refs/heads/main', after: 'a1', repository: { id: 7, full_name: 'k' } };
    expect(itemOf('push', bare)).toMatchObject({ kind: 'push', commits: [], author: null });
    const odd = pushed([null, 3, { id: 'c1', message: null, author: 'x', added: [1, 'a'] }], {
      sender: [],
      compare: 1,
      forced: 'no',
    });
    expect(itemOf('push', odd)).toMatchObject({
      commits: [{ sha: 'c1', title: '', author: null }],
      paths: { names: ['a'] },
      forced: false,
      url: null,
    });
  });

  it('says what is wrong with it, and shows what would be right', () => {
    expect(read('push', { ...pushed([]), ref: 5 })).toEqual({
      result: 'malformed',
      field: 'ref',
      problem: '“ref” is missing, or is not what the documentation says.',
      example: '"refs/heads/main"',
    });
    for (const [body, field] of [
      ['', 'body'],
      ['[]', 'body'],
      ['null', 'body'],
      [Buffer.from([0xff]), 'body'],
      [{}, 'repository'],
    ] as const) {
      expect(read('push', body)).toMatchObject({ result: 'malformed', field });
    }
    expect(github.parse(posted({}))).toMatchObject({ field: 'X-GitHub-Event', example: 'push' });
  });

  it('may come in a form', () => {
    const form = new URLSearchParams({ payload: JSON.stringify(pushed([commit(1)])) }).toString();
    const request = posted(form, {
      'x-github-event': 'push',
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    });
    expect(github.parse(request)).toMatchObject({ result: 'items' });
  });
});

describe('a release', () => {
  const told = (action: string, more = {}) => ({
    action,
    repository,
    release: { id: 5, tag_name: 'v1', name: 'One', body: 'Text', ...more },
  });

  it('is one thing, however it is told', () => {
    const items = ['created', 'published', 'released', 'edited', 'deleted', 'unpublished'].map(
      (action) => itemOf('release', told(action)),
    );
    expect(new Set(items.map(({ identity }) => identity))).toEqual(new Set(['release:github:7:5']));
    expect(items.map(({ change }) => change)).toEqual([
      ...['present', 'created', 'present', 'edited', 'deleted', 'deleted'],
    ]);
  });

  it('is called by its tag when it has no title, and is no news as a draft', () => {
    expect(itemOf('release', told('published', { name: '' }))).toMatchObject({ title: 'v1' });
    expect(reasonOf('release', told('created', { draft: true }))).toContain('draft');
  });
});

describe('a pull request and an issue', () => {
  it.each([
    ['pull_request', 'opened', 'created', 'opened'],
    ['pull_request', 'closed', 'created', 'closed'],
    ['pull_request', 'reopened', 'created', 'reopened'],
    ['issues', 'opened', 'created', 'opened'],
    ['issues', 'edited', 'edited', 'opened'],
    ['issues', 'deleted', 'deleted', 'opened'],
    ['issues', 'reopened', 'created', 'reopened'],
  ])('%s %s', (event, action, change, act) => {
    expect(itemOf(event, example(event, action))).toMatchObject({
      event: `${event}.${action}`,
      change,
      act,
      title: expect.stringMatching(/./),
    });
  });

  it('merged is another thing than closed', () => {
    const closed = example('pull_request', 'closed');
    const merged = {
      ...closed,
      pull_request: { ...(closed['pull_request'] as object), merged: true },
    };
    expect(itemOf('pull_request', merged)).toMatchObject({
      act: 'merged',
      event: 'pull_request.merged',
    });
  });

  it('edited is the same thing as opened', () => {
    const opened = example('issues', 'opened');
    const edited = { ...opened, action: 'edited' };
    expect(itemOf('issues', edited).identity).toBe(itemOf('issues', opened).identity);
  });
});

describe('stars', () => {
  it.each([
    ['created', 100, 'items'],
    ['created', 101, 'ignored'],
    ['deleted', 100, 'ignored'],
    ['created', null, 'ignored'],
  ])('%s, %s of them: %s', (action, count, result) => {
    const delivery = read('star', {
      action,
      repository: { ...repository, stargazers_count: count },
    });
    expect(delivery.result).toBe(result);
  });
});

describe('a delivery', () => {
  it('is signed as an independent implementation signs it', () => {
    const cases = ['{}', 'ä€🏰', JSON.stringify(pushed([commit(1)]))];
    const theirs = JSON.parse(
      execFileSync(
        process.execPath,
        [
          '--input-type=module',
          '--eval',
          `import { sign, verify } from '@octokit/webhooks-methods';
           const bodies = ${JSON.stringify(cases)};
           const signed = await Promise.all(bodies.map((body) => sign('s3cret', body)));
           const ok = await Promise.all(bodies.map((body, i) => verify('s3cret', body, signed[i])));
           console.log(JSON.stringify(ok.every(Boolean) ? signed : []));`,
        ],
        { encoding: 'utf8' },
      ),
    ) as readonly string[];
    expect(theirs).toHaveLength(cases.length);
    for (const [index, body] of cases.entries()) {
      const request = posted(body, { 'x-hub-signature-256': theirs[index] ?? '' });
      const verdict = (...secrets: readonly string[]) => github.verify(request, { secrets });
      expect(verdict('s3cret')).toEqual({ verdict: 'verified' });
      expect(verdict('new', 's3cret')).toEqual({ verdict: 'verified' });
      expect(verdict('new')).toEqual({ verdict: 'refused', reason: 'wrong-signature' });
      expect(verdict()).toEqual({ verdict: 'refused', reason: 'wrong-signature' });
      expect(verdict('')).toEqual({ verdict: 'refused', reason: 'wrong-signature' });
    }
  });

  it.each(['', 'sha1=', 'sha256=', `sha256=${'0'.repeat(63)}`, `sha512=${'0'.repeat(64)}`])(
    'without a signature of its form is unsigned: %j',
    (signature) => {
      const request = posted('{}', { 'x-hub-signature-256': signature });
      expect(github.verify(request, { secrets: ['s'] })).toEqual({
        verdict: 'refused',
        reason: 'unsigned',
      });
    },
  );

  it('is known by the name that GitHub gives it, or by its content', () => {
    const id = '0b989ba4-242f-11e5-81e1-c7b6966d2516';
    expect(github.deliveryId(posted('{}', { 'x-github-delivery': id }))).toBe(id);
    expect(github.deliveryId(posted('{}', { 'x-github-delivery': 'a b' }))).toMatch(/^h-\w{64}$/);
    expect(github.deliveryId(posted('{}'))).toBe(github.deliveryId(posted('{}')));
    expect(github.deliveryId(posted('{}'))).not.toBe(github.deliveryId(posted('[]')));
  });
});
