import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Info as ActivityInfo } from '@temporalio/activity';
import { Client } from '@temporalio/client';
import { MockActivityEnvironment, type TestWorkflowEnvironment } from '@temporalio/testing';
import { ChannelType } from 'discord-api-types/v10';
import { createWatchingActivities } from '../../activities/watching';
import type { StatusChannel } from '../../src/domain/watching/server';
import type { RenameOutcome } from '../../workflows/channel-name/activities';
import {
  CHANNEL_NAME_WORKFLOW,
  channelNameWorkflowId,
  nameWishSignal,
  type NameWish,
} from '../../workflows/channel-name/contract';
import { TASK_QUEUE } from '../../workflows/ticket/contract';
import { DEMO, type GameServer } from '../../sandbox';
import { timeSkippingEnvironment } from '../parts';
import { WatchPost } from '../watching/watch-post';
import { keepHistory } from './kept-history';
import { registerSearchAttributes } from './search-attributes';
import { until } from './until';

const MINUTE = 60_000;
const { deskLog } = DEMO.channels;

describe('the name of a channel', () => {
  let env: TestWorkflowEnvironment;
  let post: WatchPost;
  let channelId = '';
  let game: GameServer;
  let count = 0;

  beforeAll(async () => {
    env = await timeSkippingEnvironment();
    await registerSearchAttributes(env);
    post = await WatchPost.set({
      connection: env.nativeConnection,
      namespace: 'default',
      workflows: env.client.workflow,
      time: () => env.currentTimeMs(),
      sleep: (ms) => env.sleep(ms),
    });
  });

  afterAll(async () => {
    await post.strike();
    await env.teardown();
  });

  const watched = async (more: Partial<StatusChannel> = {}): Promise<void> => {
    count += 1;
    const { id } = await post.deps.discord.guilds.createChannel(DEMO.guild, {
      name: `status-${count}`,
      type: ChannelType.GuildVoice,
    });
    channelId = id;
    const channel = { channelId, template: '{emoji} {name} {players}/{max}', ...more };
    const channels = [{ onManualRename: 'respect' as const, ...channel }];
    game = await post.watch(`game${count}`, { channels, isPublic: false });
    game.fill(12);
  };

  beforeEach(async () => {
    // The servers of the tests before are of no interest any more.
    for (const { server } of await post.deps.records.servers(DEMO.guild, post.deps.clock())) {
      await post.deps.records.removeServer(DEMO.guild, server.id, post.deps.clock());
    }
  });

  const handle = () =>
    new Client({ connection: env.connection }).workflow.getHandle(channelNameWorkflowId(channelId));
  const nameNow = async (): Promise<string> => {
    const { channels } = await post.discord.driver.guild();
    return channels.find(({ id }) => id === channelId)?.name ?? '';
  };
  const named = (name: string): Promise<unknown> =>
    until(`the name ${name}`, async () => (await nameNow()) === name);
  /** One try of the activity, without a workflow. */
  const tryOnce = (wish: NameWish, info: Partial<ActivityInfo> = {}): Promise<RenameOutcome> => {
    const activities = createWatchingActivities(post.deps);
    const request = { guildId: DEMO.guild, channelId, wish };
    const run = (): Promise<RenameOutcome> => activities.renameChannel(request);
    return new MockActivityEnvironment(info).run<[], RenameOutcome, typeof run>(run);
  };
  const round = async (): Promise<void> => {
    await post.sleep(10_000);
    await post.round();
  };
  /** Renames of this channel that Discord saw, and those that it refused for their number. */
  const renames = async (): Promise<(number | null)[]> => {
    const entries = await post.discord.driver.journal({ kind: 'rest', method: 'PATCH' });
    return entries.flatMap((entry) =>
      entry.kind === 'rest' && entry.path === `/channels/${channelId}` ? [entry.status] : [],
    );
  };

  it('shows up and down at once, players later, and never asks Discord too often', async () => {
    await watched();
    await post.round();
    await named(`🟢 game${count} 12/100`);
    await game.become('stopped');
    await round();
    await named(`🔴 game${count}`);
    await handle().result();
    // Both changes of these ten minutes are used: up has to wait.
    await game.become('running');
    await round();
    await round();
    await until('the wait', async () => {
      const { status } = await handle().describe();
      return status.name === 'RUNNING';
    });
    await post.sleep(4 * MINUTE);
    expect(await nameNow()).toBe(`🔴 game${count}`);
    await post.sleep(7 * MINUTE);
    await named(`🟢 game${count} 12/100`);
    await handle().result();
    await keepHistory('channel-name-waits', handle());
    // Players alone leave one change to up and down.
    game.fill(40);
    await round();
    await until(
      'the wish to wait',
      async () => (await handle().describe()).status.name === 'RUNNING',
    );
    await game.become('stopped');
    await round();
    await named(`🔴 game${count}`);
    expect(await renames()).toEqual([200, 200, 200, 200]);
  });

  it('stays as a person made it, where that is respected', async () => {
    await watched({ onManualRename: 'respect' });
    await post.round();
    await named(`🟢 game${count} 12/100`);
    await handle().result();
    await post.deps.discord.channels.edit(channelId, { name: 'Party tonight' });
    await game.become('stopped');
    await round();
    await handle().result();
    expect(await nameNow()).toBe('Party tonight');
    expect(await post.deps.records.channelName(channelId)).toMatchObject({ manual: true });
    await keepHistory('channel-name-respected', handle());
  });

  it('is put back where a person changed it, if so configured', async () => {
    await watched({ onManualRename: 'restore' });
    await post.round();
    await named(`🟢 game${count} 12/100`);
    await handle().result();
    await post.sleep(11 * MINUTE);
    await post.deps.discord.channels.edit(channelId, { name: 'Party tonight' });
    await game.become('stopped');
    await round();
    await round();
    await handle().result();
    expect(await nameNow()).toBe(`🔴 game${count}`);
  });

  it('tells once that it may not be changed', async () => {
    await watched();
    const fault = await post.discord.driver.faults.add({
      match: { method: 'PATCH', route: `/channels/${channelId}$` },
      kind: 'status',
      status: 403,
      body: { message: 'Missing Permissions', code: 50_013 },
    });
    await post.round();
    await handle().result();
    await game.become('stopped');
    await round();
    await handle().result();
    const notices = (await post.discord.driver.messages(deskLog)).filter(({ content }) =>
      content.includes(`<#${channelId}>`),
    );
    expect(notices).toHaveLength(1);
    await fault.remove();
    await post.sleep(11 * MINUTE);
    await game.become('running');
    await round();
    await round();
    await round();
    await named(`🟢 game${count} 12/100`);
    await keepHistory('channel-name-forbidden', handle());
  });

  it('was changed when Discord was asked, however long the try had waited for a worker', async () => {
    await watched();
    const now = post.deps.clock();
    const wish = { name: 'Open', urgent: true, at: now, onManualRename: 'respect' as const };
    await tryOnce(wish, { currentAttemptScheduledTimestampMs: now - MINUTE });
    const { changes = [] } = (await post.deps.records.channelName(channelId)) ?? {};
    expect(changes.filter((at) => at >= now)).toHaveLength(1);
  });

  it('is not taken for a person’s when one try could not record what it did, and the next one failed', async () => {
    await watched({ onManualRename: 'respect' });
    await post.round();
    await named(`🟢 game${count} 12/100`);
    await handle().result();
    const died = { guildId: DEMO.guild, channelId, name: 'Closed', now: post.deps.clock() };
    await post.deps.records.reserveRename({ ...died, decide: () => null });
    await post.deps.discord.channels.edit(channelId, { name: 'Closed' });
    await post.sleep(11 * MINUTE);
    await post.discord.driver.faults.add({
      match: { method: 'PATCH', route: `/channels/${channelId}$`, times: 1 },
      kind: 'status',
      status: 500,
    });
    const at = post.deps.clock();
    const wish = { name: 'Open', urgent: true, at, onManualRename: 'respect' as const };
    await expect(tryOnce(wish)).rejects.toThrow('Discord answered 500');
    await expect(tryOnce(wish)).resolves.toEqual({ outcome: 'shown' });
    expect(await nameNow()).toBe('Open');
  });

  it('stays when an older wish comes again', async () => {
    await watched();
    await post.round();
    await named(`🟢 game${count} 12/100`);
    const stale = { name: `🟢 game${count} 12/100`, urgent: true, at: post.deps.clock() };
    await game.become('stopped');
    await round();
    await named(`🔴 game${count}`);
    await handle().result();
    await post.sleep(11 * MINUTE);
    await env.client.workflow.signalWithStart(CHANNEL_NAME_WORKFLOW, {
      workflowId: channelNameWorkflowId(channelId),
      taskQueue: TASK_QUEUE,
      args: [{ guildId: DEMO.guild, channelId }],
      signal: nameWishSignal,
      signalArgs: [{ ...stale, onManualRename: 'respect' }],
    });
    await handle().result();
    expect(await nameNow()).toBe(`🔴 game${count}`);
  });

  it('is of no interest any more when the channel is gone', async () => {
    await watched();
    await post.deps.discord.channels.delete(channelId);
    await post.round();
    await expect(handle().result()).resolves.toBeUndefined();
    await keepHistory('channel-gone', handle());
  });

  it('waits while Discord is away', async () => {
    await watched();
    const fault = await post.discord.driver.faults.add({
      match: { method: 'GET', route: `/channels/${channelId}$`, times: 4 },
      kind: 'status',
      status: 503,
    });
    await post.round();
    await fault.hit();
    await post.sleep(3 * MINUTE);
    await named(`🟢 game${count} 12/100`);
    await expect(handle().result()).resolves.toBeUndefined();
    await keepHistory('channel-name-with-discord-failing', handle());
  });
});
