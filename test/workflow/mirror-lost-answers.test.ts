import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { MirrorSettings } from '../../src/domain/mirrors/settings';
import { messageChanged } from '../../workflows/mirror/contract';
import type { Person } from '../../sandbox';
import { timeSkippingEnvironment } from '../parts';
import { MirrorPost } from './mirror-post';
import { registerSearchAttributes } from './search-attributes';
import { until } from './until';

describe.each(['webhook', 'plain'] as const)('a copy whose answer was lost, style %s', (style) => {
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
  /** As the style writes it. */
  const told = (text: string): string => (style === 'plain' ? `**Ada**: ${text}` : text);
  const copied = (mirror: MirrorSettings, texts: readonly string[]) =>
    until(texts.join(), async () => {
      const seen = await post.texts(mirror);
      return seen.join() === texts.map(told).join();
    });
  /** Discord makes the next copy, and nobody hears of it. */
  const loseNext = ({ to }: MirrorSettings) =>
    post.discord.driver.faults.add({
      match: {
        method: 'POST',
        route: style === 'plain' ? `/channels/${to.channelId}/messages$` : '/webhooks/[^/]*/[^/]*$',
        times: 1,
      },
      kind: 'status',
      status: 502,
      when: 'after',
    });

  it('is found, and made like its original, which was edited meanwhile', async () => {
    const mirror = await post.mirror({ style });
    const lost = await loseNext(mirror);
    const message = await ada().write(mirror.fromChannelId, 'First words');
    const handle = await post.start(mirror, message);
    await lost.hit();
    await ada().edit(message, 'Other words');
    await handle.signal(messageChanged);
    await copied(mirror, ['Other words']);
    expect((await handle.describe()).status.name).toBe('RUNNING');
    await handle.terminate();
  });

  it('goes with its original, which was deleted meanwhile', async () => {
    const mirror = await post.mirror({ style });
    const lost = await loseNext(mirror);
    const message = await ada().write(mirror.fromChannelId, 'Regretted');
    const handle = await post.start(mirror, message);
    await lost.hit();
    await ada().delete(message);
    await handle.signal(messageChanged);
    await handle.result();
    expect(await post.texts(mirror)).toEqual([]);
  });

  it('goes with its original, and those that come after it have their own', async () => {
    const mirror = await post.mirror({ style });
    const lost = await loseNext(mirror);
    const regretted = await ada().write(mirror.fromChannelId, 'Regretted');
    const first = await post.start(mirror, regretted);
    await lost.hit();
    await ada().delete(regretted);
    const second = await post.start(mirror, await ada().write(mirror.fromChannelId, 'Kept'));
    await first.signal(messageChanged);
    await first.result();
    await copied(mirror, ['Kept']);
    expect((await second.describe()).status.name).toBe('RUNNING');
    await second.terminate();
  });
});
