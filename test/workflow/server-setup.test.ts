import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  SERVER_SETUP_WORKFLOW,
  serverSetupWorkflowId,
  type ServerChange,
} from '../../workflows/server-setup/contract';
import type { ServerWish } from '../../src/domain/watching/server';
import { maintenanceWorkflowId } from '../../workflows/maintenance/contract';
import { TASK_QUEUE } from '../../workflows/ticket/contract';
import { DEMO } from '../../sandbox';
import { timeSkippingEnvironment } from '../parts';
import { WatchPost } from '../watching/watch-post';
import { keepHistory } from './kept-history';
import { registerSearchAttributes } from './search-attributes';
import { until } from './until';

const MINUTE = 60_000;
const { general } = DEMO.channels;

describe('a change to the watched servers', () => {
  let env: TestWorkflowEnvironment;
  let post: WatchPost;
  let count = 0;
  let adjusted = 0;
  const answers: string[] = [];

  beforeAll(async () => {
    env = await timeSkippingEnvironment();
    await registerSearchAttributes(env);
    post = await WatchPost.set(
      {
        connection: env.nativeConnection,
        namespace: 'default',
        workflows: env.client.workflow,
        time: () => env.currentTimeMs(),
        sleep: (ms) => env.sleep(ms),
      },
      {
        deps: {
          adjustRounds: () => {
            adjusted += 1;
            return Promise.resolve();
          },
        },
      },
    );
    await post.discord.driver.watch((entry) => {
      if (entry.kind === 'rest' && entry.method === 'PATCH' && entry.path.startsWith('/webhooks')) {
        answers.push(JSON.stringify(entry.requestBody));
      }
    });
  });

  afterAll(async () => {
    await post.strike();
    await env.teardown();
  });

  const workflows = () => new Client({ connection: env.connection }).workflow;

  /** Changes a server as the bot does, and waits for what the person was answered. */
  const change = async (wanted: ServerChange, keep?: string): Promise<string> => {
    count += 1;
    const workflowId = serverSetupWorkflowId(`90000000000000${1_000 + count}`);
    const before = answers.length;
    const handle = await workflows().start(SERVER_SETUP_WORKFLOW, {
      workflowId,
      taskQueue: TASK_QUEUE,
      args: [
        {
          guildId: DEMO.guild,
          userId: DEMO.people.ada,
          change: wanted,
          applicationId: post.discord.applicationId,
          sealedToken: post.deps.seal.seal('nobody-listens'),
        },
      ],
    });
    await handle.result();
    if (keep !== undefined) await keepHistory(keep, handle);
    return until('the answer', () => Promise.resolve(answers[before]));
  };

  const wish = (id: string, more: Partial<ServerWish> = {}): ServerWish => ({
    id,
    name: null,
    probe: null,
    address: null,
    intervalMs: null,
    channelId: null,
    template: null,
    isPublic: null,
    ...more,
  });
  const known = (id: string) => post.deps.records.server(DEMO.guild, id, post.deps.clock());

  it('is refused where it is not right, in words', async () => {
    expect(await change({ type: 'add', server: wish('a') })).toContain('address is missing');
    expect(await change({ type: 'edit', server: wish('a') })).toContain('There is no server');
    expect(await change({ type: 'remove', id: 'a' })).toContain('There is no server');
    const rcon = wish('a', { probe: 'rcon', address: 'a.example' });
    expect(await change({ type: 'add', server: rcon })).toContain('configuration file');
    const internal = wish('a', { address: '127.0.0.1:25565' });
    expect(await change({ type: 'add', server: internal })).toContain('private network');
    expect(await known('a')).toBeNull();
    expect(adjusted).toBe(0);
  });

  it('adds what was probed, changes it and removes it', async () => {
    const address = 'nobody-has-this-name.invalid';
    const server = wish('b', { name: 'Bravo', address, intervalMs: 60_000 });
    const added = await change({ type: 'add', server }, 'server-added');
    expect(added).toContain('is watched from now on');
    expect(added).toContain('does not answer');
    expect(await change({ type: 'add', server })).toContain('There is already a server');
    expect(await known('b')).toMatchObject({
      origin: 'command',
      server: { name: 'Bravo', address, port: null, intervalMs: 60_000, allowInternal: false },
    });
    const edited = wish('b', { address: `${address}:25570`, isPublic: false });
    expect(await change({ type: 'edit', server: edited })).toContain('is changed');
    expect(await known('b')).toMatchObject({
      server: { name: 'Bravo', address, port: 25_570, intervalMs: 60_000, isPublic: false },
    });
    expect(await change({ type: 'edit', server: edited })).toContain('is as it was');
    expect(await change({ type: 'remove', id: 'b' })).toContain('is watched no longer');
    expect(await known('b')).toBeNull();
    expect(adjusted).toBe(4);
  });

  it('lets people be told of a recovery, as long as there is something to wait for', async () => {
    const game = await post.watch('charlie');
    const asked: ServerChange = { type: 'subscribe', id: 'charlie', userId: DEMO.people.rue };
    await post.round();
    expect(await change(asked)).toContain('is not down');
    await game.become('stopped');
    await post.sleep(10_000);
    await post.round();
    expect(await change(asked)).toContain('I will write to you');
    await game.become('running');
    for (let round = 0; round < 2; round += 1) {
      await post.sleep(10_000);
      await post.round();
    }
    const direct = await post.discord.driver.person('rue').directMessages();
    await post.discord.driver.waitFor(async (driver) => (await driver.messages(direct)).length > 0);
  });

  it('plans maintenance that announces itself in one message, and is not counted', async () => {
    const game = await post.watch('delta');
    await post.round();
    const notices = async (): Promise<string[]> =>
      (await post.discord.driver.messages(general))
        .map(({ content }) => content)
        .filter((content) => content.includes('delta'));
    const from = Math.ceil(post.deps.clock() / MINUTE) * MINUTE + 30 * MINUTE;
    const window = {
      id: 'w1',
      title: 'New disks',
      startsAt: from,
      durationMs: 30 * MINUTE,
      rule: null,
      timeZone: 'UTC',
    };
    const bad = { ...window, rule: 'weekly' };
    expect(await change({ type: 'maintenance', id: 'delta', window: bad })).toContain('not');
    expect(await change({ type: 'maintenance', id: 'delta', window })).toContain('is planned');
    await post.round();
    await until('the announcement', async () => (await notices())[0]?.includes('will be'));
    await post.sleep(from + MINUTE - post.deps.clock());
    await until('the beginning', async () => (await notices())[0]?.includes('is in maintenance'));
    await game.become('stopped');
    await post.round();
    await post.sleep(10_000);
    await post.round();
    expect((await known('delta'))?.status).toBe('maintenance');
    const { incidents } = await post.deps.records.incidents({
      guildId: DEMO.guild,
      serverKey: (await known('delta'))?.server.key ?? 0,
      limit: 1,
    });
    expect(incidents).toEqual([]);
    await game.become('running');
    const ended = await change({ type: 'end-maintenance', id: 'delta', windowId: 'w1' });
    expect(ended).toContain('is over');
    await until('the end', async () => (await notices())[0]?.includes('is over'));
    expect(await notices()).toHaveLength(1);
    const serverKey = (await known('delta'))?.server.key ?? 0;
    const input = { guildId: DEMO.guild, serverId: 'delta', windowId: 'w1', serverKey, from };
    const workflowId = maintenanceWorkflowId({ ...input, to: from + window.durationMs });
    await workflows().getHandle(workflowId).result();
    await keepHistory('maintenance-ended-early', workflows().getHandle(workflowId));
    expect(await change({ type: 'end-maintenance', id: 'delta', windowId: 'w1' })).toContain(
      'not planned any more',
    );
  });
});
