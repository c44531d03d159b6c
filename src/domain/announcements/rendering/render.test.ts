import { describe, expect, it } from '@jest/globals';
import { identity } from '../identity';
import type {
  Commit,
  Issue,
  Item,
  MergeRequest,
  Post,
  RefChange,
  Run,
  Stars,
  Stream,
} from '../item';
import * as samples from '../samples';
import { renderPost, type Content, type RenderedPost } from '.';

const base = {
  identity: identity('x', '1'),
  change: 'created',
  event: 'x',
  place: { name: 'castle/keep', url: 'https://git.example/castle/keep' },
  author: { name: 'Ada', url: null, avatarUrl: null },
  url: 'https://git.example/1',
  at: Date.UTC(2026, 10, 23),
} as const;

const commit = (sha: string, title: string, author = 'Bo'): Commit => ({
  identity: identity('commit', sha),
  sha,
  title,
  author: { name: author, url: null, avatarUrl: null },
  url: `https://git.example/c/${sha}`,
  at: 0,
});
const commits = (count: number): readonly Commit[] =>
  Array.from({ length: count }, (_, index) => commit(`abcdef${index}0`, `Stone ${index}`));

const request = (more: Partial<MergeRequest> = {}): MergeRequest => ({
  ...base,
  kind: 'merge-request',
  event: 'pull_request.opened',
  act: 'opened',
  number: '12',
  title: 'Dig a moat',
  text: 'It is deep.',
  from: 'moat',
  into: 'main',
  ...more,
});
const issue = (more: Partial<Issue> = {}): Issue => ({
  ...base,
  kind: 'issue',
  act: 'opened',
  number: '3',
  title: 'It leaks',
  text: 'A lot.',
  ...more,
});
const run = (more: Partial<Run> = {}): Run => ({
  ...base,
  kind: 'run',
  title: 'Tests',
  number: '9',
  outcome: 'failed',
  ref: { kind: 'branch', name: 'main' },
  head: 'c81d3370f64e',
  ...more,
});
const stream = (more: Partial<Stream> = {}): Stream => ({
  ...base,
  kind: 'stream',
  act: 'online',
  title: 'Building',
  ...more,
});
const post = (more: Partial<Post> = {}): Post => ({
  ...base,
  kind: 'post',
  title: 'Gates',
  text: 'They open.',
  imageUrl: null,
  fields: [],
  ...more,
});
const stars: Stars = { ...base, kind: 'stars', count: 1_000 };
const ref: RefChange = {
  ...base,
  kind: 'ref',
  ref: { kind: 'branch', name: 'moat' },
  act: 'deleted',
};

const told = (...items: readonly Item[]): readonly Content[] =>
  items.map((item) => ({ item, deleted: false }));
const show = (contents: readonly Content[], language = 'en'): RenderedPost =>
  renderPost(contents, { template: {}, language });

describe('the title of one piece of news', () => {
  const examples: readonly (readonly [Item, string, string])[] = [
    [samples.push(), '1 new commit on main', '1 neuer Commit auf main'],
    [samples.push({ commits: commits(3) }), '3 new commits on main', '3 neue Commits auf main'],
    [
      samples.push({ commits: commits(20), more: 12 }),
      '32 new commits on main',
      '32 neue Commits auf main',
    ],
    [
      samples.push({ commits: commits(20), more: 'unknown' }),
      'More than 20 new commits on main',
      'Mehr als 20 neue Commits auf main',
    ],
    [
      samples.push({ commits: commits(2), forced: true }),
      '2 new commits on main (force-pushed)',
      '2 neue Commits auf main (Force-Push)',
    ],
    [
      samples.push({ commits: [], forced: true }),
      'main was force-pushed',
      'main wurde überschrieben (Force-Push)',
    ],
    [
      samples.push({ ref: { kind: 'tag', name: 'v1' } }),
      '1 new commit at tag v1',
      '1 neuer Commit beim Tag v1',
    ],
    [ref, 'Branch moat deleted', 'Branch moat gelöscht'],
    [
      { ...ref, ref: { kind: 'tag', name: 'v1' }, act: 'created' },
      'Tag v1 created',
      'Tag v1 angelegt',
    ],
    [samples.release(), 'New release: First stone (v1)', 'Neue Version: First stone (v1)'],
    [
      samples.release({ title: 'v1', prerelease: true }),
      'New pre-release: v1',
      'Neue Vorabversion: v1',
    ],
    [request(), 'Pull request #12 opened: Dig a moat', 'Pull-Request #12 eröffnet: Dig a moat'],
    [
      request({ event: 'merge_request.merged', act: 'merged' }),
      'Merge request !12 merged: Dig a moat',
      'Merge-Request !12 übernommen: Dig a moat',
    ],
    [
      issue({ act: 'reopened' }),
      'Issue #3 reopened: It leaks',
      'Issue #3 wieder eröffnet: It leaks',
    ],
    [run(), 'Tests #9 on main failed', 'Tests #9 auf main ist fehlgeschlagen'],
    [
      run({ title: '', number: null, ref: null, outcome: 'succeeded' }),
      'Build succeeded',
      'Build war erfolgreich',
    ],
    [stars, 'castle/keep has 1,000 stars', 'castle/keep hat 1.000 Sterne'],
    [{ ...stars, count: 1 }, 'castle/keep has 1 star', 'castle/keep hat 1 Stern'],
    [samples.video(), 'How we built the keep', 'How we built the keep'],
    [stream(), 'Ada is live: Building', 'Ada ist live: Building'],
    [
      stream({ act: 'offline', title: '', author: null, place: null }),
      'The stream is no longer live',
      'Der Stream ist nicht mehr live',
    ],
    [post(), 'Gates', 'Gates'],
    [post({ title: '' }), 'New post', 'Neuer Beitrag'],
  ];

  it.each(examples.map(([item, english, german]) => ({ item, english, german })))(
    '$english',
    ({ item, english, german }) => {
      expect(show(told(item)).embed.title).toBe(english);
      expect(show(told(item), 'de-AT').embed.title).toBe(german);
      expect(show(told(item), 'tlh').embed.title).toBe(english);
    },
  );
});

describe('a push', () => {
  it('links its commits by their short SHA, and names who wrote those that the pusher did not', () => {
    const { embed } = show(
      told(
        samples.push({
          author: base.author,
          commits: [commit('4f2a9c17d0be', 'Lower it', 'Ada'), commit('9be04d5521aa', 'Oil it')],
        }),
      ),
    );
    expect(embed.author?.name).toBe('Ada');
    expect(embed.footer).toBe('castle/keep');
    expect(embed.description).toBe(
      '[`4f2a9c1`](https://git.example/c/4f2a9c17d0be) Lower it\n' +
        '[`9be04d5`](https://git.example/c/9be04d5521aa) Oil it – Bo',
    );
  });

  it('shows the newest commits and says how many there are before', () => {
    const page = (push: Parameters<typeof samples.push>[0], language = 'en') =>
      show(told(samples.push({ url: 'https://git.example/compare', ...push })), language).embed
        .description ?? '';
    const cut = page({ commits: commits(13), more: 12 }).split('\n');
    expect(cut).toHaveLength(11);
    expect(cut[0]).toContain('Stone 3');
    expect(cut.at(-1)).toBe('[+15 more commits](https://git.example/compare)');
    expect(page({ commits: commits(1), more: 1 }, 'de')).toMatch(/\[\+1 weiterer Commit\]/);
    expect(page({ commits: commits(1), more: 'unknown' })).toContain('… and more commits');
    expect(page({ commits: commits(10) })).not.toContain('more');
  });
});

describe('other news', () => {
  it('shows notes of a release without the signs of their markup', () => {
    const text =
      "<!-- hidden -->\n## What's new\n\n* A **moat** by @everyone\n- [x] `bridge`\n![pic](https://p.example/x.png)\nSee [the guide](https://evil.example) <b>now</b>";
    expect(show(told(samples.release({ text }))).embed.description).toBe(
      "What's new\n\n• A moat by ＠everyone\n• bridge\n\nSee the guide now",
    );
  });

  it('shows from where to where, and of an opened request what it is about', () => {
    expect(show(told(request())).embed.description).toBe('**moat** → **main**\n\nIt is deep.');
    expect(show(told(request({ act: 'merged' }))).embed.description).toBe('**moat** → **main**');
    expect(show(told(issue({ act: 'closed' }))).embed.description).toBeNull();
  });

  it('tells the outcome of a run by its colour as well', () => {
    const color = (outcome: Run['outcome']) => show(told(run({ outcome }))).embed.color;
    expect(new Set([color('succeeded'), color('failed'), color('cancelled')]).size).toBe(3);
  });

  it('shows fields, short ones side by side', () => {
    const { embed } = show(
      told(
        post({
          fields: [
            { name: '*Where*', value: '' },
            { name: 'What', value: 'x'.repeat(90) },
          ],
        }),
      ),
    );
    expect(embed.fields).toEqual([
      { name: '\\*Where\\*', value: '–', inline: true },
      { name: 'What', value: 'x'.repeat(90), inline: false },
    ]);
  });

  it('has only addresses that Discord takes in an embed', () => {
    const at = (url: string) =>
      show(told(post({ url, author: { name: 'Ada', url, avatarUrl: url }, imageUrl: url }))).embed;
    expect(at('https://a.example/x')).toMatchObject({
      url: 'https://a.example/x',
      imageUrl: 'https://a.example/x',
      author: { url: 'https://a.example/x', iconUrl: 'https://a.example/x' },
    });
    for (const url of ['http://localhost:3000/', 'https://a_b.example/', 'http://[::1]/']) {
      expect(at(url)).toMatchObject({
        url: null,
        imageUrl: null,
        author: { name: 'Ada', url: null, iconUrl: null },
      });
    }
  });

  it('does not lead to the page of a branch that was deleted', () => {
    expect(show(told(ref)).embed.url).toBeNull();
    expect(show(told({ ...ref, act: 'created' })).embed.url).toBe(base.url);
    expect(show(told(ref, issue())).embed.description).toContain('• Branch moat deleted – Ada\n');
  });

  it('has only times that Discord takes', () => {
    const at = (time: number | null) => show(told(post({ at: time }))).embed.timestamp;
    expect([at(0), at(-1), at(8e15), at(null)]).toEqual([0, null, null, null]);
  });

  it('names the source where the news name no place', () => {
    const options = { template: {}, language: 'en', sourceName: 'site' };
    expect(renderPost(told(post({ place: null })), options).embed.footer).toBe('site');
    expect(renderPost(told(samples.video()), options).embed.footer).toBe('Video · site');
    expect(renderPost(told(post()), options).embed.footer).toBe('castle/keep');
  });

  it('cannot be shown without any content', () => {
    expect(() => show([])).toThrow(RangeError);
  });
});

describe('what its source took back', () => {
  it('is struck, leads nowhere and does not repeat what it said', () => {
    const gone = [{ item: post({ imageUrl: 'https://a.example/x.png' }), deleted: true }];
    expect(show(gone)).toMatchObject({
      content: null,
      embed: {
        title: '~~Gates~~ (deleted)',
        url: null,
        description: 'This was deleted where it came from.',
        imageUrl: null,
        author: null,
        fields: [],
      },
      threadName: 'Gates (deleted)',
    });
    expect(show(gone, 'de').embed.title).toBe('~~Gates~~ (gelöscht)');
  });

  it('is struck in a digest', () => {
    const digest = [...told(issue()), { item: samples.release(), deleted: true }];
    expect(show(digest).embed.description).toBe(
      '• [Issue #3 opened: It leaks](https://git.example/1) – Ada\n' +
        '• ~~New release: First stone (v1)~~ (deleted)',
    );
  });
});

describe('a digest', () => {
  const pushes = told(
    samples.push({ commits: commits(4), authors: ['Ada'] }),
    samples.push({ commits: commits(2), authors: ['Bo'] }),
    samples.push({
      commits: commits(1),
      authors: ['Bo'],
      ref: { kind: 'branch', name: 'moat' },
    }),
  );

  it('counts commits and pushes, and names who wrote them', () => {
    expect(show(pushes).embed.title).toBe('7 commits in 3 pushes by Ada and Bo');
    expect(show(pushes, 'de').embed.title).toBe('7 Commits in 3 Pushes von Ada und Bo');
  });

  it('has the commits of each branch together', () => {
    const lines = (show(pushes).embed.description ?? '').split('\n');
    expect(lines.filter((line) => line.startsWith('**'))).toEqual([
      '**castle/keep · main**',
      '**castle/keep · moat**',
    ]);
    expect(lines).toHaveLength(2 + 7);
  });

  it('counts each kind', () => {
    const contents = told(samples.push({ authors: [] }), issue(), issue(), samples.release());
    expect(show(contents).embed.title).toBe('1 commit in 1 push, 2 issues and 1 release by Ada');
    expect(show(contents, 'de').embed.title).toBe(
      '1 Commit in 1 Push, 2 Issues und 1 neue Version von Ada',
    );
    expect(show([...contents, ...told(stars, run())]).embed.title).toBe('6 pieces of news by Ada');
  });

  it('says how much of it is not shown', () => {
    const many = show(told(...Array.from({ length: 50 }, () => issue())));
    expect(many.embed.description?.split('\n').at(-1)).toMatch(/^… and \d+ more$/);
    const shown = (many.embed.description?.split('\n').length ?? 0) - 1;
    expect(many.embed.description).toContain(`… and ${50 - shown} more`);
    const cut = show(
      told(samples.push({ commits: commits(20), more: 12 }), samples.push({ commits: commits(1) })),
    );
    expect(cut.embed.title).toContain('33 commits in 2 pushes');
    expect(cut.embed.description).toContain('… and 25 more');
    expect(
      show(told(samples.push({ more: 'unknown' }), samples.push()), 'de').embed.description,
    ).toContain('… und weitere');
  });

  it('names few of many authors', () => {
    const by = (...authors: readonly string[]) =>
      show(told(samples.push({ authors }), samples.push({ authors }))).embed.title;
    expect(by('A', 'B', 'C', 'D', 'E')).toBe('2 commits in 2 pushes by A, B, C and 2 others');
    expect(by('A', 'B', 'C', 'D')).toBe('2 commits in 2 pushes by A, B, C and 1 other');
  });

  it('says what pushes without commits did', () => {
    const empty = samples.push({ commits: [], forced: true, author: null, authors: [] });
    const { embed } = show(told(empty, empty));
    expect(embed.title).toBe('2 pushes');
    expect(embed.description).toContain('main was force-pushed');
  });
});
