import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import type {
  AccountActivities,
  AccountOutcome,
  AccountsChanged,
} from '../../workflows/account/activities';
import {
  ACCOUNT_WORKFLOW,
  accountWorkflowId,
  departureWorkflowId,
  type AccountInput,
} from '../../workflows/account/contract';
import { TASK_QUEUE } from '../../workflows/ticket/contract';
import { timeSkippingEnvironment, workflowBundle } from '../parts';
import { keepHistory } from './kept-history';

const GUILD = '400000000000000001';
const USER = '400000000000000002';
const answerTo = { interactionId: '1', applicationId: '2', sealedToken: 'v1.sealed' };
const unregister: AccountInput = {
  guildId: GUILD,
  actorId: USER,
  change: { type: 'unregister', edition: null, name: 'Ada_Lovelace' },
  answerTo,
};
const departed: AccountInput = {
  guildId: GUILD,
  actorId: null,
  change: { type: 'left', userId: USER, at: 1_767_225_600_000 },
  answerTo: null,
};
const changed: AccountOutcome = {
  outcome: 'changed',
  userId: USER,
  linked: [],
  unlinked: [],
  primary: null,
  serverIds: ['survival'],
};

/** The effects stand in for Postgres and Discord: what is tested is the order in which they are asked for. */
describe('a change of accounts', () => {
  const followed: AccountsChanged[] = [];
  let outcome: AccountOutcome = changed;
  let failures = 0;
  let changes = 0;
  let env: TestWorkflowEnvironment;
  let worker: Worker;
  let running: Promise<void>;

  beforeAll(async () => {
    env = await timeSkippingEnvironment();
    const activities: AccountActivities = {
      changeAccounts() {
        changes += 1;
        if (failures > 0) {
          failures -= 1;
          throw new Error('Postgres is away');
        }
        return Promise.resolve(outcome);
      },
      followAccounts(change) {
        followed.push(change);
        return Promise.resolve();
      },
    };
    worker = await Worker.create({
      connection: env.nativeConnection,
      taskQueue: TASK_QUEUE,
      workflowBundle: workflowBundle(),
      activities: { ...activities },
    });
    running = worker.run();
  });

  afterAll(async () => {
    worker.shutdown();
    await running;
    await env.teardown();
  });

  const run = async (workflowId: string, input: AccountInput, keep: string): Promise<void> => {
    followed.splice(0);
    changes = 0;
    const handle = await env.client.workflow.start(ACCOUNT_WORKFLOW, {
      workflowId,
      taskQueue: TASK_QUEUE,
      args: [input],
    });
    await handle.result();
    await keepHistory(
      keep,
      new Client({ connection: env.connection }).workflow.getHandle(workflowId),
    );
  };

  it('is recorded, and then followed', async () => {
    outcome = changed;
    await run(accountWorkflowId('11'), unregister, 'account-unregistered');
    expect(changes).toBe(1);
    expect(followed).toEqual([{ input: unregister, outcome: changed }]);
  });

  it('is recorded after an outage, however long it was', async () => {
    failures = 30;
    await run(accountWorkflowId('12'), unregister, 'account-after-an-outage');
    expect(changes).toBe(31);
    expect(followed).toHaveLength(1);
  });

  it('that was refused is told to whoever asked', async () => {
    outcome = { outcome: 'refused', refusal: { refused: 'no-such-account' } };
    await run(accountWorkflowId('13'), unregister, 'account-refused');
    expect(followed).toEqual([{ input: unregister, outcome }]);
  });

  it('costs one effect when somebody left who had no account', async () => {
    outcome = { outcome: 'unchanged' };
    const departure = {
      cause: 'left',
      guildId: GUILD,
      userId: USER,
      at: 1_767_225_600_000,
    } as const;
    const workflowId = departureWorkflowId(departure);
    expect(workflowId).toBe(`account-left-${GUILD}-${USER}-1767225600000`);
    await run(workflowId, departed, 'account-of-somebody-who-left');
    expect(changes).toBe(1);
    expect(followed).toEqual([]);
  });
});
