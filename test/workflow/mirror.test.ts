import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporal } from '@temporalio/proto';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { messageChanged } from '../../workflows/mirror/contract';
import { DEMO, type Person } from '../../sandbox';
import { timeSkippingEnvironment } from '../parts';
import { keepHistory } from './kept-history';
import { HOUR, MirrorPost } from './mirror-post';
import { registerSearchAttributes } from './search-attributes';
import { until } from './until';

const { EventType } = temporal.api.enums.v1;

describe('a mirrored message', () => {
  let env: TestWorkflowEnvironment;
  let post: MirrorPost;

  beforeAll(async () => {
    env = await timeSkippingEnvironment();
    await registerSearchAttributes(env);
    post = await MirrorPost.set(env);
  });

  afterAll(async () => {
    await post.strike();
    await env.teardown();
  });

  const ada = (): Person => post.discord.driver.person('ada');
  const eventsOf = async (handle: WorkflowHandle) =>
    ((await handle.fetchHistory()).events ?? []).map(({ eventType }) => eventType);
  const copied = (mirror: Parameters<MirrorPost['texts']>[0], texts: readonly string[]) =>
    until(texts.join(), async () => (await post.texts(mirror)).join() === texts.join());

  // Before any test skips time: Discord's clock does not.
  it('that nobody told of is found by a review, with the edits and deletions', async () => {
    const mirror = await post.mirror();
    const { fromChannelId } = mirror;
    const one = await ada().write(fromChannelId, 'one');
    const two = await ada().write(fromChannelId, 'two');
    await post.review(mirror);
    expect(await post.texts(mirror)).toEqual(['one', 'two']);
    await ada().delete(one);
    await ada().edit(two, 'two, edited');
    await ada().write(fromChannelId, 'three');
    const handle = await post.review(mirror);
    expect(await post.texts(mirror)).toEqual(['two, edited', 'three']);
    await keepHistory('mirror-review', handle);
  });

  it('costs a start, an activity and a timer, and ends when edits are not followed any more', async () => {
    const mirror = await post.mirror();
    const message = await ada().write(mirror.fromChannelId, 'Quiet');
    const handle = await post.start(mirror, message);
    await copied(mirror, ['Quiet']);
    await env.sleep(HOUR + 60_000);
    await handle.result();
    await keepHistory('mirror-of-a-quiet-message', handle);
    const events = await eventsOf(handle);
    const count = (type: (typeof events)[number]): number =>
      events.filter((event) => event === type).length;
    expect(count(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)).toBe(1);
    expect(count(EventType.EVENT_TYPE_TIMER_STARTED)).toBe(1);
    expect(JSON.stringify(await handle.fetchHistory())).not.toContain('Quiet');
  });

  it('is edited with its original, and ends with it', async () => {
    const mirror = await post.mirror();
    const message = await ada().write(mirror.fromChannelId, 'First');
    const handle = await post.start(mirror, message);
    await copied(mirror, ['First']);
    await ada().edit(message, 'Second');
    await handle.signal(messageChanged);
    await copied(mirror, ['Second']);
    await ada().delete(message);
    await handle.signal(messageChanged);
    await handle.result();
    expect(await post.texts(mirror)).toEqual([]);
    await keepHistory('mirror-of-an-edited-message', handle);
  });

  it('is not copied where the filter is against it, and then its workflow ends at once', async () => {
    const filter = { authors: [], bots: false, contains: ['event'], lacks: ['draft'] };
    const mirror = await post.mirror({ filter });
    const texts = ['An EVENT', 'Something else', 'Draft of an event'];
    for (const text of texts) {
      const handle = await post.start(mirror, await ada().write(mirror.fromChannelId, text));
      if (text !== texts[0]) await handle.result();
      else await copied(mirror, ['An EVENT']);
      if (text === texts[1]) await keepHistory('mirror-of-a-filtered-message', handle);
    }
    expect(await post.texts(mirror)).toEqual(['An EVENT']);
  });

  it('is copied in its turn, in whatever order the workflows begin', async () => {
    const mirror = await post.mirror();
    const messages = [];
    for (const text of ['1', '2', '3', '4', '5']) {
      messages.push(await ada().write(mirror.fromChannelId, text));
    }
    const handles = await Promise.all(
      [...messages].reverse().map((message) => post.start(mirror, message)),
    );
    await copied(mirror, ['1', '2', '3', '4', '5']);
    await env.sleep(HOUR + 60_000);
    await Promise.all(handles.map((handle) => handle.result()));
    for (const handle of handles) {
      const activities = (await eventsOf(handle)).filter(
        (event) => event === EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
      );
      expect(activities.length).toBeLessThanOrEqual(2);
    }
    const [last] = handles;
    if (last !== undefined) await keepHistory('mirror-in-a-burst', last);
  });

  it('says what to give the bot where it may not write', async () => {
    const mirror = await post.mirror({ style: 'plain', threads: true });
    await post.discord.driver.faults.add({
      match: { method: 'POST', route: `/channels/${mirror.to.channelId}/messages` },
      kind: 'status',
      status: 403,
      body: { code: 50_013, message: 'Missing Permissions' },
    });
    const message = await ada().write(mirror.fromChannelId, 'Held up');
    const handle = await post.start(mirror, message);
    const notice = await until('the notice', async () =>
      (await post.discord.driver.messages(DEMO.channels.deskLog)).find(({ content }) =>
        content.includes(`**${mirror.id}** is held up`),
      ),
    );
    expect(notice.content).toContain(
      `I may not write in <#${mirror.to.channelId}>, or it is gone. Give me *View Channel*, *Read Message History*, *Send Messages*, *Embed Links*, *Attach Files*, *Create Public Threads*, *Send Messages in Threads* there, or remove the mirror`,
    );
    await post.discord.driver.faults.clear();
    await until('the copy', async () =>
      (await post.discord.driver.messages(mirror.to.channelId)).find(({ content }) =>
        content.includes('Held up'),
      ),
    );
    await ada().delete(message);
    await handle.signal(messageChanged);
    await handle.result();
  });

  it('waits where the bot may not make a webhook, tells staff once, and is copied when that is mended', async () => {
    const mirror = await post.mirror();
    const fault = await post.discord.driver.faults.add({
      match: { method: 'POST', route: `/channels/${mirror.to.channelId}/webhooks` },
      kind: 'status',
      status: 403,
      body: { code: 50_013, message: 'Missing Permissions' },
    });
    const message = await ada().write(mirror.fromChannelId, 'Held up');
    const handle = await post.start(mirror, message);
    await fault.hit();
    const notices = async () =>
      (await post.discord.driver.messages(DEMO.channels.deskLog)).filter(({ content }) =>
        content.includes(`**${mirror.id}** is held up`),
      );
    await until('the notice', async () => (await notices()).length > 0);
    await until('a further try', async () => {
      const entries = await post.discord.driver.journal({ kind: 'fault' });
      return entries.length >= 3;
    });
    await post.discord.driver.faults.clear();
    await copied(mirror, ['Held up']);
    expect(await notices()).toHaveLength(1);
    await until('the end of the trouble', async () => {
      const known = await post.records.mirror(DEMO.guild, mirror.id);
      return known?.told.length === 0;
    });
    await ada().delete(message);
    await handle.signal(messageChanged);
    await handle.result();
    await keepHistory('mirror-held-up', handle);
  });
});
