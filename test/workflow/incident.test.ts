import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { WorkflowNotFoundError, Client } from '@temporalio/client';
import type { IncidentRow } from '../../src/db/watching';
import {
  acknowledgeIncident,
  incidentNewsSignal,
  incidentWorkflowId,
  noteIncident,
} from '../../workflows/incident/contract';
import { DEMO } from '../../sandbox';
import { timeSkippingEnvironment } from '../parts';
import { WatchPost } from '../watching/watch-post';
import { keepHistory } from './kept-history';
import { registerSearchAttributes } from './search-attributes';
import { until } from './until';

const MINUTE = 60_000;
const { deskLog, general } = DEMO.channels;

describe('an incident', () => {
  let env: TestWorkflowEnvironment;
  let post: WatchPost;

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

  const handle = ({ incidentId }: IncidentRow) =>
    new Client({ connection: env.connection }).workflow.getHandle(incidentWorkflowId(incidentId));

  /** The newest incident of the server. */
  const incidentOf = async (id: string): Promise<IncidentRow> => {
    const server = await post.deps.records.server(DEMO.guild, id, post.deps.clock());
    const serverKey = server?.server.key ?? -1;
    const page = await post.deps.records.incidents({ guildId: DEMO.guild, serverKey, limit: 1 });
    const [newest] = page.incidents;
    if (newest === undefined) throw new Error(`There is no incident of ${id}.`);
    return newest;
  };

  /** Messages of ours in a channel that speak of the server. */
  const messages = async (channelId: string, id: string) =>
    (await post.discord.driver.messages(channelId)).filter((message) =>
      JSON.stringify([message.content, message.embeds]).includes(id),
    );

  /** Ten seconds later, the next round. */
  const nextRound = async (): Promise<void> => {
    await post.sleep(10_000);
    await post.round();
  };

  /** Waits until the workflow has shown what was decided last. */
  const shown = (
    incident: IncidentRow,
    what: (row: IncidentRow) => boolean,
  ): Promise<IncidentRow> =>
    until('the incident to be shown', async () => {
      const row = await post.deps.records.incident(incident.incidentId);
      return row !== null && what(row) ? row : null;
    });

  it('is told once, with one ping, and edited until it is over', async () => {
    const game = await post.watch('alpha');
    await post.round();
    await game.become('stopped');
    await nextRound();
    const incident = await incidentOf('alpha');
    await shown(incident, (row) => row.publicMessage !== null);
    const [alert, ...more] = await messages(deskLog, 'alpha');
    expect(more).toEqual([]);
    expect(alert?.mention_roles).toEqual([DEMO.roles.admin]);
    expect(JSON.stringify(alert?.embeds)).toContain('refused');
    expect(await messages(general, 'alpha')).toHaveLength(1);

    const { id: userId } = post.discord.driver.person('ada');
    const verdict = await handle(incident).executeUpdate(acknowledgeIncident, {
      args: [{ userId }],
    });
    expect(verdict).toEqual({ done: true, status: 'acknowledged' });
    expect(
      await handle(incident).executeUpdate(acknowledgeIncident, { args: [{ userId: '1' }] }),
    ).toEqual({ done: false, refusal: { refused: 'already-acknowledged', by: userId } });
    const note = post.deps.seal.seal('Restarting the box');
    await handle(incident).executeUpdate(noteIncident, { args: [{ userId, note }] });
    await post.discord.driver.waitFor(async () =>
      JSON.stringify(await messages(deskLog, 'alpha')).includes('Restarting the box'),
    );

    // Who asked for it is told; who has closed their direct messages does no harm.
    for (const name of ['pip', 'wren']) {
      const row = await incidentOf('alpha');
      const serverKey = row.servers[0]?.serverKey ?? 0;
      const who = post.discord.driver.person(name).id;
      await post.deps.records.subscribe(serverKey, who, post.deps.clock());
    }
    await game.become('running');
    await nextRound();
    await nextRound();
    await handle(incident).result();
    await keepHistory('incident-acknowledged-and-over', handle(incident));
    const [last, ...others] = await messages(deskLog, 'alpha');
    expect(others).toEqual([]);
    expect(last?.id).toBe(alert?.id);
    expect(last?.content).toContain('is back');
    expect(JSON.stringify(await messages(general, 'alpha'))).toContain('is back');
    const pip = post.discord.driver.person('pip');
    expect(await messages(await pip.directMessages(), 'alpha')).toHaveLength(1);
    expect(await post.deps.records.incident(incident.incidentId)).toMatchObject({
      status: 'recovered',
      acknowledgedBy: userId,
      servers: [{ name: 'alpha', cause: 'refused' }],
    });
  });

  it('is raised when nobody acknowledges it, and reminds with growing gaps', async () => {
    const game = await post.watch('bravo');
    await post.round();
    await game.become('frozen');
    await nextRound();
    const incident = await incidentOf('bravo');
    await shown(incident, (row) => row.alertMessage !== null);
    await post.sleep(16 * MINUTE);
    await shown(incident, (row) => row.raisedAt !== null);
    await post.sleep(15 * MINUTE);
    const replies = async (): Promise<readonly string[]> => {
      const all = await post.discord.driver.messages(deskLog);
      const { alertMessage } = await incidentOf('bravo');
      return all
        .filter(
          ({ message_reference: to }) =>
            to !== undefined && to.message_id === alertMessage?.messageId,
        )
        .map(({ mention_roles: roles }) => roles.join());
    };
    await post.discord.driver.waitFor(async () => (await replies()).length === 2);
    await post.sleep(61 * MINUTE);
    await post.discord.driver.waitFor(async () => (await replies()).length === 3);
    // The raising calls the seniors, reminders call nobody.
    expect(await replies()).toEqual([DEMO.roles.senior, '', '']);
    await game.become('running');
    // Nobody looked for more than an hour: what is seen now is the end of it.
    await nextRound();
    await nextRound();
    await handle(incident).result();
    await keepHistory('incident-raised-and-reminded', handle(incident));
    const row = await incidentOf('bravo');
    expect(row).toMatchObject({ status: 'recovered', servers: [{ cause: 'timed-out' }] });
    expect(row.servers[0]?.unknownMs).toBeGreaterThan(50 * MINUTE);
  });

  it('is one for servers of one host, and old news again changes nothing', async () => {
    const games = [
      await post.watch('charlie-one', { host: 'charlie', isPublic: false }),
      await post.watch('charlie-two', { host: 'charlie', isPublic: false }),
    ];
    await post.round();
    for (const game of games) await game.become('stopped');
    await nextRound();
    const incident = await incidentOf('charlie-one');
    expect((await incidentOf('charlie-two')).incidentId).toBe(incident.incidentId);
    await shown(incident, (row) => row.alertMessage !== null && row.servers.length === 2);
    const news = incident.servers.map(({ serverKey, name, since, cause }) => ({
      type: 'server-down' as const,
      server: { serverKey, name, since, cause, until: null, unknownMs: 0 },
    }));
    await handle(incident).signal(incidentNewsSignal, news);
    for (const game of games) await game.become('running');
    await nextRound();
    await nextRound();
    await handle(incident).result();
    await keepHistory('incident-of-one-host', handle(incident));
    expect(await messages(deskLog, 'charlie')).toHaveLength(1);
    // They are not public.
    expect(await messages(general, 'charlie')).toEqual([]);
    const types = (await post.deps.records.incidentEvents(incident.incidentId)).map(
      ({ type }) => type,
    );
    expect(types.filter((type) => type === 'server-down')).toHaveLength(2);
    await expect(
      handle(incident).executeUpdate(acknowledgeIncident, { args: [{ userId: '1' }] }),
    ).rejects.toThrow(WorkflowNotFoundError);
  });

  it('is told although Discord is away for an hour', async () => {
    const game = await post.watch('delta');
    await post.round();
    const fault = await post.discord.driver.faults.add({
      match: { method: 'POST', route: `/channels/${deskLog}/messages$`, times: 8 },
      kind: 'status',
      status: 503,
    });
    await game.become('stopped');
    await nextRound();
    await fault.hit();
    await game.become('running');
    await nextRound();
    await nextRound();
    await post.sleep(60 * MINUTE);
    const incident = await incidentOf('delta');
    await handle(incident).result();
    await keepHistory('incident-with-discord-failing', handle(incident));
    await fault.remove();
    const [only, ...others] = await messages(deskLog, 'delta');
    expect(others).toEqual([]);
    expect(only?.content).toContain('is back');
  });
});
