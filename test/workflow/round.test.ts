import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Knex } from 'knex';
import { connect } from '../../src/db/connection';
import { createWatchReader, createWatchRecorder } from '../../src/db/watching';
import { TASK_QUEUE } from '../../workflows/ticket/contract';
import { WATCH_SERVERS_WORKFLOW } from '../../workflows/watch-servers/contract';
import { timeSkippingEnvironment } from '../parts';
import { WatchPost } from '../watching/watch-post';
import { registerSearchAttributes } from './search-attributes';

describe('a round of checks', () => {
  let env: TestWorkflowEnvironment;
  let post: WatchPost;
  let nowhere: Knex;

  beforeAll(async () => {
    env = await timeSkippingEnvironment();
    await registerSearchAttributes(env);
    // Nobody listens there.
    nowhere = connect('postgres://nobody@127.0.0.1:9/nothing', { applicationName: 'nowhere' });
    const records = { ...createWatchReader(nowhere), ...createWatchRecorder(nowhere) };
    post = await WatchPost.set(
      {
        connection: env.nativeConnection,
        namespace: 'default',
        workflows: env.client.workflow,
        time: () => env.currentTimeMs(),
        sleep: (ms) => env.sleep(ms),
      },
      { deps: { records } },
    );
  });

  afterAll(async () => {
    await post.strike();
    await nowhere.destroy();
    await env.teardown();
  });

  it('is given up without being a failure when the records are away: the next one comes', async () => {
    const workflowId = `round-${Date.now()}`;
    const options = { workflowId, taskQueue: TASK_QUEUE, args: [] };
    await env.client.workflow.execute(WATCH_SERVERS_WORKFLOW, options);
    const { status } = await env.client.workflow.getHandle(workflowId).describe();
    expect(status.name).toBe('COMPLETED');
  });
});
