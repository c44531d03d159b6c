import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import definitions from '@octokit/webhooks-examples';
import { announcementWorkflowId } from '../../workflows/announcement/contract';
import type { Origin, Route } from '../../src/domain/announcements/settings';
import { samples } from '../../src/web/sources/samples';
import { isProvider } from '../../src/web/sources/sources';
import type { Provider } from '../../src/web/sources/source';
import { DEMO } from '../../sandbox';
import { route } from '../contracts/announcement-fixtures';
import { NewsDesk, YOUTUBE_CHANNEL } from '../stage/news-desk';
import { until } from '../workflow/until';

const ORIGINS: Readonly<Record<Provider, Origin>> = {
  bitbucket: { provider: 'bitbucket' },
  feed: {
    ...{ provider: 'feed', address: 'https://castle.example/news.xml' },
    ...{ everyMs: 3_600_000, allowInternal: false },
  },
  generic: {
    provider: 'generic',
    authentication: { kind: 'standard-webhooks' },
    mapping: { id: '$.id', title: '$.title', text: '$.text', url: '$.url' },
  },
  github: { provider: 'github' },
  gitlab: { provider: 'gitlab' },
  twitch: { provider: 'twitch' },
  youtube: { provider: 'youtube', channelId: YOUTUBE_CHANNEL },
  zapier: { provider: 'zapier', mapping: 'plain' },
};

/** What people read in the post of each sample. */
const WORDS: Readonly<Record<string, RegExp>> = {
  push: /Lower the drawbridge/,
  release: /The second tower/,
  'pull-request': /Oil the hinges/,
  'merge-request': /Oil the hinges/,
  issue: /The moat is dry/,
  'workflow-run': /Build/,
  pipeline: /Build/,
  star: /100/,
  tag: /v\d+/,
  video: /How we built the keep/,
  entry: /Market day/,
  plain: /Market day/,
  post: /Market day/,
  online: /Castle/,
  offline: /Castle/,
  update: /Building the keep/,
};

const markOf = (n: number): string => n.toString(16).padStart(8, '0').repeat(5);

describe('what services deliver', () => {
  let desk: NewsDesk;
  let marks = 1;
  const mark = (): string => markOf((marks += 1));

  beforeAll(async () => {
    desk = await NewsDesk.open();
  });
  afterAll(() => desk.close());

  /** A source with a route into a new channel. @returns the channel's id */
  async function into(
    id: string,
    origin: Origin,
    more: Partial<Route> = {},
    kind: { readonly [key: string]: unknown } = {},
  ): Promise<string> {
    const { id: channelId } = await desk.channel({ name: id, ...kind });
    const routes = [route({ channelId, ...more })];
    await desk.define(id, { origin, routes, staffChannelId: DEMO.channels.deskLog });
    return channelId;
  }

  it('becomes a post each, with the words of its kind', async () => {
    const channels = new Map<string, string>();
    for (const [provider, origin] of Object.entries(ORIGINS)) {
      channels.set(provider, await into(provider, origin));
    }
    const sent = Object.entries(samples).flatMap(([provider, service]) =>
      service.samples
        .filter(({ event }) => WORDS[event] !== undefined)
        .map(({ event }) => ({ provider, event, mark: mark() })),
    );
    await Promise.all(
      sent.map(async ({ provider, event, mark: own }) => {
        if (!isProvider(provider)) throw new Error(provider);
        const id = await desk.deliver(provider, event, { mark: own });
        expect(await desk.settled(provider, id)).toMatchObject({ fate: 'posted', items: 1 });
      }),
    );
    for (const [provider, channelId] of channels) {
      const events = sent.filter((one) => one.provider === provider).map(({ event }) => event);
      const posts = await desk.posts(channelId);
      expect(posts).toHaveLength(events.length);
      const text = JSON.stringify(posts);
      for (const event of events)
        expect([event, text]).toEqual([event, expect.stringMatching(WORDS[event] ?? /$^/)]);
    }
  });

  it('is one post, however often it comes', async () => {
    const channelId = await into('again', ORIGINS.github);
    const own = mark();
    const ids = await Promise.all(
      [1, 2, 3].map(() => desk.deliver('github', 'push', { mark: own, source: 'again' })),
    );
    // The same commit once more, under another name.
    const other = await desk.deliver('github', 'push', { mark: own, id: 'other', source: 'again' });
    expect(new Set(ids).size).toBe(1);
    expect(await desk.settled('again', ids[0] ?? '')).toMatchObject({ fate: 'posted' });
    expect(await desk.settled('again', other)).toMatchObject({ fate: 'known' });
    expect(await desk.posts(channelId)).toHaveLength(1);
  });

  it.each(['refused', 'silent'] as const)(
    'is posted once where Temporal was away (%s), whether or not the service sends it again',
    async (how) => {
      const source = `temporal-${how}`;
      const channelId = await into(source, ORIGINS.github);
      const { temporal } = desk.stage.wires;
      const [once, again] = [mark(), mark()];
      temporal.cut(how);
      for (const own of [once, again, again]) {
        const refused = desk.deliver('github', 'push', { mark: own, source });
        await expect(refused).rejects.toThrow(/^503: .*The delivery is kept/);
      }
      temporal.mend();
      await until('a delivery that is accepted', () =>
        desk.deliver('github', 'push', { mark: again, source }).catch(() => undefined),
      );
      for (const id of [once, again]) {
        expect(await desk.settled(source, id)).toMatchObject({ fate: 'posted' });
      }
      expect(await desk.posts(channelId)).toHaveLength(2);
    },
  );

  it('is one post, whichever source tells it', async () => {
    const channelId = await into('hub', ORIGINS.youtube);
    const zap: Origin = { provider: 'zapier', mapping: 'youtube' };
    await desk.define('zap', { origin: zap, routes: [route({ channelId })] });
    const own = mark();
    const [video, zapped] = await Promise.all([
      desk.deliver('youtube', 'video', { mark: own, source: 'hub' }),
      desk.deliver('zapier', 'youtube', { mark: own, source: 'zap' }),
    ]);
    await Promise.all([desk.settled('hub', video), desk.settled('zap', zapped)]);
    expect(await desk.posts(channelId)).toHaveLength(1);
  });

  it('changes its post when it is edited, and marks it when it is deleted', async () => {
    const channelId = await into('changed', ORIGINS.github);
    const own = mark();
    const parsed = JSON.parse(desk.sample('github', 'release', own).body) as {
      readonly release: object;
    };
    const tell = async (action: string, name: string): Promise<string> => {
      const body = { ...parsed, action, release: { ...parsed.release, name } };
      const id = `${own}-${action}`;
      const given = { mark: own, id, source: 'changed', body };
      return (await desk.settled('changed', await desk.deliver('github', 'release', given))).fate;
    };
    expect(await tell('published', 'The second tower')).toBe('posted');
    const [before] = await desk.posts(channelId);
    expect(await tell('edited', 'The third tower')).toBe('posted');
    const [edited, ...none] = await desk.posts(channelId);
    expect([edited?.id, none]).toEqual([before?.id, []]);
    expect(JSON.stringify(edited)).toContain('The third tower');
    expect(await tell('deleted', 'The third tower')).toBe('posted');
    const [deleted] = await desk.posts(channelId);
    expect(JSON.stringify(deleted)).toMatch(/deleted|gone/i);
    // Who deletes the post by hand does not get it back.
    await desk.deletePost(channelId, deleted?.id ?? '');
    expect(await tell('released', 'The fourth tower')).toBe('known');
    expect(await desk.posts(channelId)).toEqual([]);
  });

  it('is held back by filters, with the reason', async () => {
    const channelId = await into('filtered', ORIGINS.github, { filter: { branches: ['stable'] } });
    const id = await desk.deliver('github', 'push', { mark: mark(), source: 'filtered' });
    expect(await desk.settled('filtered', id)).toMatchObject({
      fate: 'filtered',
      reason: 'The branch main does not fit stable.',
    });
    const ping = await desk.deliver('github', 'ping', { mark: mark(), source: 'filtered' });
    expect(await desk.settled('filtered', ping)).toMatchObject({ fate: 'ignored' });
    expect(await desk.posts(channelId)).toEqual([]);
  });

  it('waits for its digest, which is one post', async () => {
    const channelId = await into('digest', ORIGINS.github, { digestMs: 2_500 });
    const ids = await Promise.all(
      [1, 2, 3].map(() => desk.deliver('github', 'push', { mark: mark(), source: 'digest' })),
    );
    for (const id of ids) expect((await desk.settled('digest', id)).fate).toBe('posted');
    const posts = await desk.posts(channelId);
    expect(posts).toHaveLength(1);
    expect(JSON.stringify(posts)).toContain('3 commits in 3 pushes');
  });

  it('waits for the end of quiet hours', async () => {
    const now = new Date();
    const minute = now.getUTCHours() * 60 + now.getUTCMinutes();
    const quietHours = {
      ...{ fromMinute: (minute + 1_435) % 1_440, toMinute: (minute + 60) % 1_440 },
      timeZone: 'UTC',
    };
    await into('quiet', ORIGINS.github, { quietHours });
    const id = await desk.deliver('github', 'push', { mark: mark(), source: 'quiet' });
    const workflowId = announcementWorkflowId({
      ...{ guildId: DEMO.guild, sourceId: 'quiet', deliveryId: id, storageKey: '' },
      ...{ bytes: 0, receivedAt: 0 },
    });
    const { events } = await until('the timer', async () => {
      const history = await desk.stage.client.workflow.getHandle(workflowId).fetchHistory();
      const isWaiting = history.events?.some((event) => event.timerStartedEventAttributes != null);
      return isWaiting === true && history;
    });
    const timer = events?.find((event) => event.timerStartedEventAttributes != null);
    const seconds = Number(timer?.timerStartedEventAttributes?.startToFireTimeout?.seconds ?? 0);
    expect(seconds).toBeGreaterThan(58 * 60);
    expect(seconds).toBeLessThanOrEqual(61 * 60);
    expect(await desk.reader.delivery(DEMO.guild, 'quiet', id)).toMatchObject({ fate: 'waiting' });
  });

  it('is a forum’s post with tags, or has a thread, and pings a role once in a while', async () => {
    const forum = await desk.channel({
      ...{ name: 'releases', type: 15 },
      available_tags: [{ name: 'stable' }],
    });
    const tagIds = forum.available_tags.map(({ id }) => id);
    await desk.define('forum', {
      origin: ORIGINS.github,
      routes: [route({ channelId: forum.id, channelKind: 'forum', tagIds })],
    });
    const first = await desk.deliver('github', 'release', { mark: mark(), source: 'forum' });
    expect(await desk.settled('forum', first)).toMatchObject({ fate: 'posted' });
    const [thread, ...others] = await desk.threads(forum.id);
    expect(others).toEqual([]);
    expect(thread).toMatchObject({ applied_tags: tagIds, name: expect.stringMatching(/tower/) });
    expect(await desk.posts(thread?.id ?? '')).toHaveLength(1);

    const ping = { roleId: DEMO.roles.player, everyMs: 3_600_000 };
    const channelId = await into('talk', ORIGINS.github, { thread: true, ping });
    for (const own of [mark(), mark()]) {
      const id = await desk.deliver('github', 'push', { mark: own, source: 'talk' });
      await desk.settled('talk', id);
    }
    const posts = await desk.posts(channelId);
    const own = posts.filter(({ embeds }) => embeds.length > 0);
    expect(own.map((post) => post.mention_roles)).toEqual([[DEMO.roles.player], []]);
    expect(await desk.threads(channelId)).toHaveLength(2);
  });

  it('is published ten times an hour, and waits for the eleventh', async () => {
    const more = { channelKind: 'announcement', publish: true } as const;
    const channelId = await into('published', ORIGINS.github, more, { type: 5 });
    const ids = await Promise.all(
      Array.from({ length: 11 }, () =>
        desk.deliver('github', 'push', { mark: mark(), source: 'published' }),
      ),
    );
    const published = async (): Promise<number> =>
      (await desk.posts(channelId)).filter(({ flags }) => (flags & 1) !== 0).length;
    await until('ten publications', async () => (await published()) === 10);
    await until('eleven posts', async () => (await desk.posts(channelId)).length === 11);
    const fates = await until('all but one', async () => {
      const all = await Promise.all(
        ids.map((id) => desk.reader.delivery(DEMO.guild, 'published', id)),
      );
      const told = all.map((one) => one?.fate).sort();
      return told.filter((fate) => fate === 'posted').length === 10 && told;
    });
    expect(fates.filter((fate) => fate === 'waiting')).toHaveLength(1);
    expect(await published()).toBe(10);
  });

  it('fails where the bot may not post, and says so once, with what to do', async () => {
    const channelId = await into('forbidden', ORIGINS.github);
    await desk.mute(channelId, true);
    const warnings = async (): Promise<readonly string[]> =>
      (await desk.posts(DEMO.channels.deskLog))
        .map(({ content }) => content)
        .filter((content) => content.includes('forbidden'));
    for (const own of [mark(), mark()]) {
      const id = await desk.deliver('github', 'push', { mark: own, source: 'forbidden' });
      expect(await desk.settled('forbidden', id)).toMatchObject({
        fate: 'failed',
        reason: expect.stringContaining('Allow its role'),
      });
    }
    expect(await warnings()).toEqual([expect.stringContaining('deliver again')]);
    await desk.mute(channelId, false);
    const id = await desk.deliver('github', 'push', { mark: mark(), source: 'forbidden' });
    expect(await desk.settled('forbidden', id)).toMatchObject({ fate: 'posted' });
  });

  it('is posted once where Discord’s answer is lost', async () => {
    const channelId = await into('lost', ORIGINS.github);
    const fault = await desk.stage.driver.faults.add({
      match: { method: 'POST', route: `/channels/${channelId}/messages$`, times: 1 },
      kind: 'drop',
      when: 'after',
    });
    const id = await desk.deliver('github', 'push', { mark: mark(), source: 'lost' });
    await fault.hit();
    expect(await desk.settled('lost', id)).toMatchObject({ fate: 'posted' });
    expect(await desk.posts(channelId)).toHaveLength(1);
  });

  it('comes to no failure, whatever GitHub publishes as an example', async () => {
    await into('examples', ORIGINS.github);
    const examples = definitions.flatMap(({ name, examples: payloads }) =>
      payloads.map((payload) => ({ event: name, payload })),
    );
    const fates = new Map<string, number>();
    const failures: unknown[] = [];
    const next = examples.entries();
    const work = async (): Promise<void> => {
      for (const [index, { event, payload }] of next) {
        const own = markOf(0x1000000 + index);
        const delivery = {
          contentType: 'application/json',
          body: JSON.stringify(payload),
          headers: { 'x-github-event': event },
        };
        const id = await desk.send('github', delivery, { mark: own, source: 'examples' });
        const { fate, reason } = await desk.settled('examples', id);
        fates.set(fate, (fates.get(fate) ?? 0) + 1);
        if (fate === 'failed') failures.push({ event, reason });
        expect({ event, ok: fate === 'posted' || reason !== null }).toEqual({ event, ok: true });
      }
    };
    await Promise.all(Array.from({ length: 16 }, work));
    expect(failures).toEqual([]);
    expect([...fates.keys()].sort()).toEqual(['ignored', 'known', 'posted']);
  });
});
