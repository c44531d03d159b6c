import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { connect } from '../../src/db/connection';
import { createWatchReader, createWatchRecorder } from '../../src/db/watching';
import type { Service } from '../../src/cli/service';
import {
  addedActions,
  readActions,
  totalActions,
  type ActionCounts,
} from '../../bench/measure/actions';
import {
  WATCH_SERVERS_SCHEDULE,
  WATCH_SERVERS_WORKFLOW,
} from '../../workflows/watch-servers/contract';
import { TASK_QUEUE } from '../../workflows/ticket/contract';
import type { ServerSettings } from '../../src/domain/watching/server';
import { DEMO, GameServer } from '../../sandbox';
import { serverAt, WATCHING } from '../watching/watch-post';
import { keepHistory } from '../workflow/kept-history';
import { until } from '../workflow/until';
import { demoConfiguration } from './bot-stage/configuration';
import { Stage } from './bot-stage/stage';

const { deskLog } = DEMO.channels;

describe('watching game servers', () => {
  let stage: Stage;
  let knex: Knex;
  let worker: Service;
  let game: GameServer;

  const recorder = () => createWatchRecorder(knex);
  const schedule = () => stage.client.schedule.getHandle(WATCH_SERVERS_SCHEDULE).describe();

  beforeAll(async () => {
    stage = await Stage.set(demoConfiguration({ watching: { ...WATCHING, raiseAfterMs: null } }));
    knex = connect(stage.variables['DATABASE_URL'] ?? '', { applicationName: 'test', poolMax: 2 });
    game = await GameServer.start({ host: '127.0.0.1', port: 0 });
    worker = await stage.startWorker();
  });

  afterAll(async () => {
    await game.become('stopped');
    await knex.destroy();
    await stage.strike();
  });

  /** Exactly these are watched from now on. */
  const watch = (ids: readonly string[], different: Partial<ServerSettings> = {}) =>
    recorder().applyServers(
      DEMO.guild,
      'command',
      ids.map((id) => ({
        ...serverAt(id, game.state.port),
        ...different,
        thresholds: { downAfter: 2, upAfter: 1, flapChanges: 6, flapWithinMs: 60_000 },
      })),
      Date.now(),
    );

  it('costs nothing while there is none', async () => {
    await until('the schedule', async () => (await schedule().catch(() => null))?.state.paused);
    const { state, policies } = await schedule();
    expect(state.paused).toBe(true);
    expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 10_000 });
  });

  it('takes as many Temporal Actions for one server as for many', async () => {
    const { workflowService, options } = stage.client;
    const { namespace } = options;
    const count = () => readActions({ metricsUrl: stage.metricsUrl, workflowService, namespace });
    const actionsOfRound = async (servers: number): Promise<ActionCounts> => {
      const ids = Array.from({ length: servers }, (_, index) => `fleet-${index}`);
      await watch(ids, { intervalMs: 60_000 });
      // The first round finds them, the second one is the steady state.
      await round(`first-of-${servers}`);
      await knex('server_states').update({ due_at: new Date() });
      const before = await count();
      await round(`steady-of-${servers}`);
      return addedActions(before, await count());
    };
    const round = (workflowId: string): Promise<unknown> =>
      stage.client.workflow.execute(WATCH_SERVERS_WORKFLOW, { workflowId, taskQueue: TASK_QUEUE });
    const one = await actionsOfRound(1);
    const many = await actionsOfRound(100);
    print('a round of 1 server that is due', one);
    print('a round of 100 servers that are due', many);
    await keepHistory('round-of-many-servers', stage.client.workflow.getHandle('steady-of-100'));
    expect(totalActions(many)).toBe(totalActions(one));
    expect(totalActions(one)).toBeLessThanOrEqual(3);
    // Within the interval: a time further away would look like a clock that was put back.
    await knex('server_states').update({ due_at: new Date(Date.now() + 55_000) });
    const idle = await count();
    await round('nothing-due');
    const nothing = addedActions(idle, await count());
    print('a round in which no server is due', nothing);
    expect(totalActions(nothing)).toBeLessThanOrEqual(2);
  });

  it('tells an outage by itself, and a worker that starts anew goes on with it', async () => {
    await watch(['survival']);
    await worker.stop();
    worker = await stage.startWorker();
    const status = async (): Promise<string | undefined> =>
      (await createWatchReader(knex).server(DEMO.guild, 'survival', Date.now()))?.status;
    await until('a first round', async () => (await status()) === 'up');
    expect((await schedule()).state.paused).toBe(false);
    await game.become('stopped');
    const alerts = async () =>
      (await stage.driver.messages(deskLog)).filter(({ content }) => content.includes('survival'));
    await until('the alert', async () => (await alerts()).length > 0, 40_000);
    await worker.stop();
    worker = await stage.startWorker();
    await game.become('running');
    await until(
      'the recovery',
      async () => (await alerts()).some(({ content }) => content.includes('is back')),
      40_000,
    );
    expect(await alerts()).toHaveLength(1);
  });
});

function print(what: string, counts: ActionCounts): void {
  const parts = [...counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([type, count]) => `${type} ${count}`);
  process.stdout.write(
    `Temporal Actions, ${what}: ${totalActions(counts)} (${parts.join(', ')})\n`,
  );
}
