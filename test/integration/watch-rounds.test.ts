import { createServer, connect, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WorkflowClient } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { NativeConnection } from '@temporalio/worker';
import { createWatchingActivities, type WatchingDependencies } from '../../activities/watching';
import type { IncidentRow, ServerOverview } from '../../src/db/watching';
import { WATCH_SERVERS_WORKFLOW } from '../../workflows/watch-servers/contract';
import { TASK_QUEUE } from '../../workflows/ticket/contract';
import { DEMO, type GameServer } from '../../sandbox';
import { freshNamespace } from '../parts';
import { WatchPost, WATCHING } from '../watching/watch-post';
import { keepHistory } from '../workflow/kept-history';
import { until } from '../workflow/until';

const { deskLog, welcome } = DEMO.channels;
const MINUTE = 60_000;

describe('a round of checks', () => {
  let connection: NativeConnection;
  let namespace: string;
  let post: WatchPost;
  const more: Server[] = [];

  beforeAll(async () => {
    const temporal = await freshNamespace();
    namespace = temporal.namespace;
    connection = await NativeConnection.connect({ address: temporal.address });
    const site = {
      connection,
      namespace,
      workflows: new WorkflowClient({ connection, namespace }),
      time: () => Promise.resolve(Date.now()),
      sleep: () => Promise.reject(new Error('This server cannot skip time.')),
    };
    post = await WatchPost.set(site, { watching: { ...WATCHING, statusChannelId: welcome } });
  });

  afterAll(async () => {
    for (const server of more) server.close();
    await post.strike();
    await connection.close();
  });

  const activities = (deps: Partial<WatchingDependencies> = {}) =>
    createWatchingActivities({ ...post.deps, ...deps });
  const run = <Result>(activity: () => Promise<Result>): Promise<Result> =>
    new MockActivityEnvironment().run<[], Result, () => Promise<Result>>(activity);
  const check = (deps: Partial<WatchingDependencies> = {}) =>
    run(() => activities(deps).checkServers({ number: 0, of: 1 }));

  /** Everything is due again, as if its interval were over. */
  const dueNow = () => post.knex('server_states').update({ due_at: new Date(Date.now() - 1_000) });
  const known = async (id: string): Promise<ServerOverview> => {
    const server = await post.deps.records.server(DEMO.guild, id, Date.now());
    if (server === null) throw new Error(`There is no server ${id}.`);
    return server;
  };
  const incidents = async (id: string): Promise<readonly IncidentRow[]> => {
    const { key: serverKey } = (await known(id)).server;
    return (await post.deps.records.incidents({ guildId: DEMO.guild, serverKey, limit: 9 }))
      .incidents;
  };
  const checksOf = async (id: string): Promise<number> => {
    const { key: serverKey } = (await known(id)).server;
    const time = { from: 0, to: Date.now() + 1_000, limit: 100 };
    return (await post.deps.records.exportChecks({ serverKey, ...time })).rows.length;
  };
  const alerts = async (id: string) =>
    (await post.discord.driver.messages(deskLog)).filter(({ content }) => content.includes(id));
  const forget = async (id: string): Promise<void> => {
    await post.deps.records.removeServer(DEMO.guild, id, Date.now());
    await run(() => activities().tellNews());
  };

  /** A way to a game server on which some connections are lost. */
  const losing = async (game: GameServer, lost: (count: number) => boolean): Promise<number> => {
    let count = 0;
    const server = createServer((socket) => {
      count += 1;
      socket.on('error', () => undefined);
      if (lost(count)) {
        socket.destroy();
        return;
      }
      const other = connect(game.state.port, '127.0.0.1');
      other.on('error', () => undefined);
      socket.pipe(other).pipe(socket);
    });
    more.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  };

  it('records what servers answered', async () => {
    const game = await post.watch('answers');
    game.fill(41);
    expect(await check()).toEqual({ checked: 1, news: false });
    const { status, state } = await known('answers');
    expect(status).toBe('up');
    expect(state.lastAnswer).toMatchObject({ players: 41, maxPlayers: 100, version: '1.21.11' });
    await forget('answers');
  });

  it('is not alarmed by a lost packet', async () => {
    const game = await post.watch('steady');
    const port = await losing(game, (count) => count === 2 || count === 3);
    const { server } = await known('steady');
    await post.deps.records.putServer(DEMO.guild, { ...server, port }, Date.now());
    await check();
    await dueNow();
    // The second and the third connection are lost, the fourth is answered within the same round.
    await check();
    const { status, state } = await known('steady');
    expect({ status, doubt: state.doubt, kind: state.kind }).toEqual({
      status: 'up',
      doubt: null,
      kind: 'up',
    });
    expect(await incidents('steady')).toEqual([]);
    await forget('steady');
  });

  it('finds the cause of an outage within the round that sees it first', async () => {
    const [gone, frozen] = [await post.watch('gone'), await post.watch('frozen')];
    await check();
    await gone.become('stopped');
    await frozen.become('frozen');
    await dueNow();
    expect(await check()).toEqual({ checked: 2, news: true });
    expect((await known('gone')).state).toMatchObject({ kind: 'down', cause: 'refused' });
    expect((await known('frozen')).state).toMatchObject({ kind: 'down', cause: 'timed-out' });
    // What is known to be down is asked once a round.
    const asked = await checksOf('frozen');
    expect(asked).toBe(4);
    await dueNow();
    await check();
    expect(await checksOf('frozen')).toBe(5);
    await forget('gone');
    await forget('frozen');
  });

  it('keeps one live message, edited at most once a minute and only for a reason', async () => {
    const game = await post.watch('board');
    const time = { ahead: 0 };
    const board = activities({ clock: () => Date.now() + time.ahead });
    const show = async (): Promise<readonly string[]> => {
      await run(() => board.showStatus());
      const messages = await post.discord.driver.messages(welcome);
      return messages.map(({ embeds }) => {
        const description = embeds[0]?.description;
        return typeof description === 'string' ? description : '';
      });
    };
    const edits = async (): Promise<number> =>
      (await post.discord.driver.journal({ method: 'PATCH', route: `/channels/${welcome}/` }))
        .length;
    await check();
    expect(await show()).toEqual([expect.stringContaining('12/100')]);
    game.fill(50);
    await dueNow();
    await check();
    time.ahead = 30_000;
    expect(await show()).toEqual([expect.stringContaining('12/100')]);
    time.ahead = 61_000;
    expect(await show()).toEqual([expect.stringContaining('50/100')]);
    expect(await edits()).toBe(1);
    time.ahead = 2.1 * MINUTE;
    await show();
    expect(await edits()).toBe(1);
    // It says when it was checked, so that it does not seem forgotten.
    time.ahead = 8 * MINUTE;
    await show();
    expect(await edits()).toBe(2);
    const [message] = await post.discord.driver.messages(welcome);
    expect(message?.attachments.map(({ filename }) => filename)).toEqual(['players.png']);
    await post.deps.discord.channels.deleteMessage(welcome, message?.id ?? '');
    time.ahead = 16 * MINUTE;
    expect(await show()).toHaveLength(1);
    // Another worker, or one that starts anew, does not edit what was just edited.
    await run(() => activities({ clock: () => Date.now() + time.ahead }).showStatus());
    expect(await edits()).toBe(3);
    await forget('board');
  });

  it('blames nobody while we are cut off ourselves', async () => {
    const game = await post.watch('innocent');
    await check();
    await game.become('stopped');
    await dueNow();
    // A name that nobody has (RFC 6761) is as far away as everything is without a network.
    const outcome = await check({ ownControl: { host: 'nobody.invalid', port: 9 } });
    expect(outcome.news).toBe(false);
    expect((await known('innocent')).state).toMatchObject({ kind: 'unknown', outageSince: null });
    expect(await incidents('innocent')).toEqual([]);
    // Now we see again, and what we see is true.
    await dueNow();
    expect((await check()).news).toBe(true);
    expect(await incidents('innocent')).toHaveLength(1);
    await forget('innocent');
  });

  it('counts once what two workers check at the same time', async () => {
    const game = await post.watch('shared');
    await check();
    await game.become('stopped');
    await dueNow();
    const [one, other] = await Promise.all([check(), check()]);
    expect([one.checked, other.checked].sort()).toEqual([0, 1]);
    expect(await incidents('shared')).toHaveLength(1);
    await forget('shared');
  });

  it('is told once, also when a worker dies after recording it, and after telling it', async () => {
    const game = await post.watch('survivor');
    await check();
    await game.become('stopped');
    await dueNow();
    // It is recorded, and then the worker dies.
    expect((await check()).news).toBe(true);
    const dying = { ...post.deps.records, newsDelivered: () => Promise.reject(new Error('dead')) };
    await expect(run(() => activities({ records: dying }).tellNews())).rejects.toThrow();
    const first = await until('the alert', async () => (await alerts('survivor'))[0]);
    // The next round finds that there is news left, although nothing is due.
    await post.client.workflow.execute(WATCH_SERVERS_WORKFLOW, {
      workflowId: 'the-next-round',
      taskQueue: TASK_QUEUE,
    });
    await keepHistory('round-with-news', post.client.workflow.getHandle('the-next-round'));
    expect(await post.deps.records.hasNews()).toBe(false);
    await game.become('running');
    for (let round = 0; round < 2; round += 1) {
      await dueNow();
      const { news } = await check();
      if (news) await run(() => activities().tellNews());
    }
    const [incident] = await incidents('survivor');
    await post.client.workflow.getHandle(`incident-${incident?.incidentId ?? ''}`).result();
    const all = await alerts('survivor');
    expect(all.map(({ id }) => id)).toEqual([first.id]);
    expect(all[0]?.content).toContain('is back');
    // Told again after its end, it does not begin anew.
    const { type } = await post.client.workflow
      .getHandle(`incident-${incident?.incidentId ?? ''}`)
      .describe();
    expect(type).toBe('incidentWorkflow');
    await forget('survivor');
  });
});
