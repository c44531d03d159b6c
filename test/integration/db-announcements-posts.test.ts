import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  createAnnouncementReader,
  createAnnouncementRecorder,
  type Plan,
} from '../../src/db/announcements';
import { commitIdentity } from '../../src/domain/announcements/identity';
import { MOST_IN_DIGEST } from '../../src/domain/announcements/planning';
import { push, release, video } from '../../src/domain/announcements/samples';
import { CHANNEL, delivery, routed, SOURCE, source } from '../contracts/announcement-fixtures';
import { GUILD } from '../contracts/case-fixtures';
import { freshRecords } from '../contracts/fresh-records';
import { HOUR, MINUTE, SECOND, START } from '../contracts/watch-fixtures';

const records = freshRecords(undefined, { poolMax: 12 });
const recorder = () => createAnnouncementRecorder(records.knex);
const reader = () => createAnnouncementReader(records.knex);
beforeEach(() => recorder().applySources(GUILD, 'file', [source(), source('other')]));

const OTHER_CHANNEL = '700000000000000012';
const DIGEST = { digestMs: 10 * MINUTE };

const keysOf = (plan: Plan | null) => plan?.posts.map(({ key }) => key) ?? [];
const fateOf = async (id: string) => (await reader().delivery(GUILD, SOURCE, id))?.fate;
const contentsOf = async (key: string) => (await recorder().takePost(key))?.contents ?? [];
const planned = (id: string, ...items: ReturnType<typeof routed>[]) =>
  recorder().plan(delivery(id), items, START);

/** Plans a post of it, and shows it. */
async function posted(id: string, ...items: ReturnType<typeof routed>[]): Promise<string> {
  const [key = ''] = keysOf(await planned(id, ...items));
  await recorder().postShown(key, { version: 1, messageId: `m${key}`, threadId: null });
  return key;
}

const commit = (sha: string) => ({
  ...{ identity: commitIdentity(sha), sha, title: `Commit ${sha}`, author: null, url: null, at: 0 },
});
const pushOf = (head: string, ...shas: string[]) =>
  push({ identity: `push:${head}`, head, commits: shas.map(commit) });

describe('a delivery', () => {
  it('is a post in each of its channels', async () => {
    const items = [routed(release()), routed(release(), { channelId: OTHER_CHANNEL }, START + 5)];
    const plan = await planned('d1', ...items);
    expect(plan).toMatchObject({ posts: [{ dueAt: START }, { dueAt: START + 5 }], joined: false });
    const [key = ''] = keysOf(plan);
    expect(await recorder().takePost(key)).toEqual({
      ...{ key, guildId: GUILD, sourceId: SOURCE, route: routed(release()).route },
      ...{ status: 'planned', plannedAt: START, dueAt: START, version: 1, shownVersion: 0 },
      ...{ messageId: null, threadId: null, publishedAt: null },
      contents: [{ item: release(), deleted: false }],
    });
    expect(await fateOf('d1')).toBe('waiting');
    expect(await recorder().takePost('999999')).toBeNull();
  });

  it('that is planned again gets the same answer', async () => {
    const plan = await planned('d1', routed(release()), routed(video(), DIGEST));
    expect(await planned('d1', routed(release()), routed(video(), DIGEST))).toEqual(plan);
    expect(await planned('d1')).toEqual(plan);
    expect(await records.knex('announcement_posts')).toHaveLength(2);
  });

  it('of which nothing is routed has the fate that it is given', async () => {
    expect(await planned('d1')).toEqual({ posts: [], joined: false });
    expect(await reader().delivery(GUILD, SOURCE, 'd1')).toEqual({
      ...delivery('d1'),
      again: 0,
    });
  });

  it('of a source that is gone is not recorded', async () => {
    expect(await recorder().plan(delivery('d1', { sourceId: 'gone' }), [], START)).toBeNull();
  });

  it('has the fate that it comes to in the end', async () => {
    await planned('d1', routed(release()));
    await recorder().setFate(delivery('d1'), 'failed', 'The channel is gone.');
    expect(await reader().delivery(GUILD, SOURCE, 'd1')).toMatchObject({
      ...{ fate: 'failed', reason: 'The channel is gone.' },
    });
  });
});

describe('a content', () => {
  it('that its channel has is not posted again, by whichever source', async () => {
    await posted('d1', routed(video()));
    expect(await planned('d2', routed(video({ event: 'other', at: 7 })))).toEqual({
      posts: [],
      joined: false,
    });
    expect(await fateOf('d2')).toBe('known');
    const other = delivery('d3', { sourceId: 'other' });
    expect((await recorder().plan(other, [routed(video())], START))?.posts).toEqual([]);
    expect(keysOf(await planned('d4', routed(video(), { channelId: '9' })))).toHaveLength(1);
  });

  it('that reads differently changes its post', async () => {
    const key = await posted('d1', routed(video()));
    const plan = await planned('d2', routed(video({ title: 'Better' })));
    expect(plan).toEqual({ posts: [{ key, dueAt: START }], joined: false });
    expect(await recorder().takePost(key)).toMatchObject({
      ...{ status: 'shown', version: 2, shownVersion: 1, messageId: `m${key}` },
      contents: [{ item: { title: 'Better' }, deleted: false }],
    });
  });

  it('that is gone is marked, and marked no more when it is back', async () => {
    const key = await posted('d1', routed(release()));
    const gone = routed(release({ change: 'deleted', title: '' }));
    expect(keysOf(await planned('d2', gone))).toEqual([key]);
    expect(await contentsOf(key)).toEqual([{ item: release(), deleted: true }]);
    expect(await planned('d3', gone)).toMatchObject({ posts: [] });
    expect(await planned('d4', routed(release({ change: 'present' })))).toMatchObject({
      posts: [],
    });
    expect(keysOf(await planned('d5', routed(release())))).toEqual([key]);
    expect(await contentsOf(key)).toEqual([{ item: release(), deleted: false }]);
    const never = release({ identity: 'release:never', change: 'deleted' });
    expect(await planned('d6', routed(never))).toEqual({ posts: [], joined: false });
    expect(await fateOf('d6')).toBe('known');
  });

  it('is not put back to what it was by news that comes late', async () => {
    const edited = release({ change: 'edited', title: 'Second thought' });
    const [key = ''] = keysOf(await planned('d1', routed(edited)));
    expect(await planned('d2', routed(release()))).toMatchObject({ posts: [], joined: false });
    expect(await contentsOf(key)).toMatchObject([{ item: { title: 'Second thought' } }]);
  });
});

describe('a push', () => {
  it('shows only the commits that its channel does not have', async () => {
    await posted('d1', routed(pushOf('b', 'a', 'b')));
    const [key = ''] = keysOf(await planned('d2', routed(pushOf('d', 'b', 'c', 'd'))));
    expect(await contentsOf(key)).toMatchObject([
      { item: { commits: [{ sha: 'c' }, { sha: 'd' }], more: 0 } },
    ]);
  });

  it('without any is known', async () => {
    await posted('d1', routed(pushOf('b', 'a', 'b')));
    expect(await planned('d2', routed(pushOf('x', 'a', 'b')))).toMatchObject({ posts: [] });
    expect(await fateOf('d2')).toBe('known');
  });

  it('says no more that older ones were left out where the channel has the oldest shown', async () => {
    const items = [routed(pushOf('b', 'a', 'b')), routed({ ...pushOf('d', 'a', 'd'), more: 12 })];
    const [, second = ''] = keysOf(await planned('d1', ...items));
    expect(await contentsOf(second)).toMatchObject([
      { item: { commits: [{ sha: 'd' }], more: 0 } },
    ]);
  });
});

describe('a digest', () => {
  it('is joined until it is due', async () => {
    const plan = await planned('d1', routed(release(), DIGEST), routed(video(), DIGEST));
    const [key = ''] = keysOf(plan);
    expect(plan?.posts).toEqual([{ key, dueAt: START + 10 * MINUTE }]);
    const joining = recorder().plan(
      delivery('d2'),
      [routed(pushOf('a', 'a'), DIGEST)],
      START + MINUTE,
    );
    expect(await joining).toEqual({ posts: [], joined: true });
    const late = await recorder().plan(
      delivery('d3'),
      [routed(pushOf('b', 'b'), DIGEST)],
      START + 10 * MINUTE,
    );
    expect(late?.posts).toHaveLength(1);
    const taken = await recorder().takePost(key);
    expect(taken?.contents.map(({ item }) => item.kind)).toEqual(['release', 'video', 'push']);
    expect(await fateOf('d2')).toBe('waiting');
    const shown = { version: taken?.version ?? 0, messageId: 'm', threadId: null };
    expect(await recorder().postShown(key, shown)).toBe(false);
    expect([await fateOf('d1'), await fateOf('d2'), await fateOf('d3')]).toEqual([
      ...['waiting', 'posted', 'waiting'],
    ]);
  });

  it('that is taken is joined no more', async () => {
    const [key = ''] = keysOf(await planned('d1', routed(release(), DIGEST)));
    await recorder().takePost(key);
    expect(keysOf(await planned('d2', routed(video(), DIGEST)))).toEqual([
      expect.not.stringMatching(key),
    ]);
  });

  it('holds so many contents, and the rest are in another one', async () => {
    const many = Array.from({ length: MOST_IN_DIGEST + 1 }, (_, index) =>
      routed(video({ identity: `video:${index}` }), DIGEST),
    );
    expect(keysOf(await planned('d1', ...many))).toHaveLength(2);
    expect(await planned('d2', routed(release(), DIGEST))).toEqual({ posts: [], joined: true });
  });

  it('that cannot be shown fails for all that joined it', async () => {
    const [key = ''] = keysOf(await planned('d1', routed(release(), DIGEST)));
    await planned('d2', routed(video(), DIGEST));
    await recorder().postEnded(key, 'failed', 'The channel is gone.');
    expect(await reader().delivery(GUILD, SOURCE, 'd2')).toMatchObject({
      ...{ fate: 'failed', reason: 'The channel is gone.' },
    });
  });
});

describe('a post', () => {
  it('that its source deletes before it is shown is no failure of what tells so', async () => {
    const [key = ''] = keysOf(await planned('d1', routed(release())));
    await planned('d2', routed(release({ change: 'deleted' })));
    await recorder().postEnded(key, 'gone', 'Its source deleted it before it was due.');
    expect(await fateOf('d2')).toBe('known');
  });

  it('that changed while it was shown is to be shown again', async () => {
    const [key = ''] = keysOf(await planned('d1', routed(video())));
    const taken = await recorder().takePost(key);
    expect(await planned('d2', routed(video({ title: 'Better' })))).toEqual({
      posts: [],
      joined: true,
    });
    const shown = { version: taken?.version ?? 0, messageId: 'm', threadId: 't' };
    expect(await recorder().postShown(key, shown)).toBe(true);
    expect(await recorder().takePost(key)).toMatchObject({
      version: 2,
      shownVersion: 1,
      threadId: 't',
    });
    expect(await recorder().postShown(key, { version: 2, messageId: 'm', threadId: null })).toBe(
      false,
    );
    expect(await recorder().takePost(key)).toMatchObject({ shownVersion: 2, threadId: 't' });
    await recorder().postPublished(key, START + 1);
    await recorder().postPublished(key, START + 2);
    expect(await recorder().takePost(key)).toMatchObject({ publishedAt: START + 1 });
  });

  it('that was deleted in Discord stays so, until an administrator delivers it again', async () => {
    const key = await posted('d1', routed(video()), routed(pushOf('a', 'a')));
    const [, second = ''] = keysOf(await planned('d1'));
    for (const one of [key, second])
      await recorder().postEnded(one, 'gone', 'Somebody deleted it.');
    expect(await planned('d2', routed(video({ title: 'Better' })))).toEqual({
      posts: [],
      joined: false,
    });
    const again = () =>
      recorder().plan(delivery('d1'), [routed(video()), routed(pushOf('a', 'a'))], START, 'i1');
    const plan = await again();
    expect(plan?.posts).toHaveLength(2);
    expect(keysOf(plan)).not.toContain(key);
    expect(await again()).toEqual(plan);
    expect(await reader().delivery(GUILD, SOURCE, 'd1')).toMatchObject({ again: 1 });
    const third = await recorder().plan(delivery('d1'), [routed(video())], START, 'i2');
    expect(third).toEqual({ posts: [], joined: false });
    expect(await reader().delivery(GUILD, SOURCE, 'd1')).toMatchObject({ again: 2 });
  });

  it('pings a role when its cool-down in the channel is over', async () => {
    const items = [1, 2, 3].map((n) => routed(video({ identity: `video:${n}` })));
    const [first = '', second = '', third = ''] = keysOf(await planned('d1', ...items));
    const ping = { roleId: '5', everyMs: HOUR };
    expect(await recorder().mayPing(first, ping, START)).toBe(true);
    expect(await recorder().mayPing(second, ping, START + HOUR - 1)).toBe(false);
    expect(await recorder().mayPing(third, ping, START + HOUR)).toBe(true);
    expect(await recorder().mayPing(first, ping, START + HOUR + 1)).toBe(true);
    expect(await recorder().mayPing(second, ping, START + 9 * HOUR)).toBe(false);
    expect(await recorder().mayPing('999999', ping, START)).toBe(false);
  });
});

describe('publications', () => {
  it('are ten an hour in a channel, however often each is asked for', async () => {
    const take = (message: number, now: number) =>
      recorder().takePublication(CHANNEL, String(message), now);
    for (let n = 0; n < 10; n += 1) {
      expect(await take(n, START + n * SECOND)).toBeNull();
      expect(await take(n, START + n * SECOND)).toBeNull();
    }
    expect(await take(10, START + MINUTE)).toBe(START + HOUR);
    expect(await recorder().takePublication('9', '10', START)).toBeNull();
    expect(await take(10, START + HOUR)).toBeNull();
    expect(await take(11, START + HOUR)).toBe(START + HOUR + SECOND);
    expect(await take(3, START + HOUR)).toBeNull();
  });

  it('of many at once are no more', async () => {
    const answers = await Promise.all(
      Array.from({ length: 15 }, (_, n) => recorder().takePublication(CHANNEL, String(n), START)),
    );
    expect(answers.filter((answer) => answer === null)).toHaveLength(10);
    expect(new Set(answers.filter((answer) => answer !== null))).toEqual(new Set([START + HOUR]));
  });
});
