import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { TASK_QUEUE } from '../../workflows/ticket/contract';
import type {
  ApplyOutcome,
  ApplyRequest,
  WhitelistActivities,
} from '../../workflows/whitelist/activities';
import {
  serverIsBack,
  WHITELIST_CHECK_WORKFLOW,
  WHITELIST_WORKFLOW,
  whitelistCheckWorkflowId,
  whitelistConfirmed,
  whitelistWanted,
  whitelistWorkflowId,
  type WhitelistCheckInput,
} from '../../workflows/whitelist/contract';
import { timeSkippingEnvironment, workflowBundle } from '../parts';
import { keepHistory } from './kept-history';
import { until } from './until';

const GUILD = '400000000000000001';
const HOUR = 3_600_000;
const DONE = { outcome: 'done' } as const;
const AWAY = { outcome: 'away', left: 1, code: 'refused' } as const;

type Try = ApplyOutcome | Error | Promise<ApplyOutcome>;

/**
 * What one server does here. It stands in for Postgres and RCON, since what is tested is the workflow; that each
 * wish is applied in order and once is tested with the real ones.
 */
class Server {
  readonly requests: ApplyRequest[] = [];
  readonly at: number[] = [];
  /** What becomes of the tries, one after the other; then all of them are done. */
  constructor(readonly tries: Try[]) {}
}

describe('a whitelist', () => {
  const servers = new Map<string, Server>();
  const checks: string[] = [];
  let env: TestWorkflowEnvironment;
  let worker: Worker;
  let running: Promise<void>;

  beforeAll(async () => {
    env = await timeSkippingEnvironment();
    const activities: WhitelistActivities = {
      async applyWhitelist(request) {
        const server = servers.get(request.serverId);
        server?.requests.push(request);
        server?.at.push(await env.currentTimeMs());
        const next = (await server?.tries.shift()) ?? DONE;
        if (next instanceof Error) throw next;
        return next;
      },
      checkWhitelist({ serverId, repair }) {
        checks.push(`${repair ? 'repair' : 'compare'} ${serverId}`);
        if (serverId === 'broken') throw ApplicationFailure.nonRetryable('It is', 'broken');
        return Promise.resolve({ repairing: repair });
      },
      tellCheckFailed({ serverId }) {
        checks.push(`failed ${serverId}`);
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

  /** Waits for results in real time. */
  const workflows = () => new Client({ connection: env.connection }).workflow;

  /** Says that something is wanted, as whoever recorded the wish does. */
  const want = (serverId: string): Promise<WorkflowHandle> =>
    workflows().signalWithStart(WHITELIST_WORKFLOW, {
      workflowId: whitelistWorkflowId(GUILD, serverId),
      taskQueue: TASK_QUEUE,
      args: [{ guildId: GUILD, serverId }],
      signal: whitelistWanted,
    });
  const server = (serverId: string, ...tries: Try[]): Server => {
    const made = new Server(tries);
    servers.set(serverId, made);
    return made;
  };
  const tried = (made: Server, times: number): Promise<unknown> =>
    until(`try ${times}`, () => Promise.resolve(made.requests.length >= times));
  const gate = <Value>() => {
    let open: (value: Value) => void = () => undefined;
    const passed = new Promise<Value>((resolve) => {
      open = resolve;
    });
    return { passed, open };
  };

  it('is brought in step at once, and with one look', async () => {
    const alpha = server('alpha');
    const handle = await want('alpha');
    await handle.result();
    expect(alpha.requests).toEqual([{ guildId: GUILD, serverId: 'alpha', confirmed: [] }]);
    await keepHistory('whitelist-applied', handle);
  });

  it('is looked at again when something was wanted meanwhile', async () => {
    const first = gate<ApplyOutcome>();
    const bravo = server('bravo', first.passed);
    const handle = await want('bravo');
    await tried(bravo, 1);
    for (let wish = 0; wish < 3; wish += 1) await want('bravo');
    first.open(DONE);
    await handle.result();
    expect(bravo.requests).toHaveLength(2);
    await keepHistory('whitelist-wanted-meanwhile', handle);
  });

  it('waits for a server that is away, ever longer, and no wish shortens that', async () => {
    const charlie = server('charlie', ...Array.from({ length: 600 }, () => AWAY));
    const handle = await want('charlie');
    await tried(charlie, 1);
    for (let hours = 0; hours < 3; hours += 1) {
      await want('charlie');
      await env.sleep(HOUR);
    }
    const pauses = charlie.at.slice(1).map((at, index) => at - (charlie.at[index] ?? 0));
    expect(pauses.length).toBeLessThan(25);
    // The server's time goes on a little while a try is made.
    const rounded = pauses.slice(0, 10).map((pause) => Math.floor(pause / 5_000) * 5);
    expect(rounded).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
    charlie.tries.length = 0;
    await handle.signal(serverIsBack);
    await handle.result();
    await keepHistory('whitelist-of-a-server-that-was-away', handle);
  });

  it('is tried again as soon as the server is seen to be back', async () => {
    const delta = server('delta', AWAY, AWAY, AWAY);
    const handle = await want('delta');
    for (let time = 1; time <= 3; time += 1) {
      await tried(delta, time);
      await handle.signal(serverIsBack);
    }
    await handle.result();
    expect(delta.requests).toHaveLength(4);
  });

  it('goes on when its tries fail, and loses no confirmation by that', async () => {
    const failure = ApplicationFailure.nonRetryable('Postgres is away', 'database-unavailable');
    const fetched = { outcome: 'fetched', left: 2 } as const;
    const echo = server('echo', fetched, failure, fetched);
    const handle = await want('echo');
    await tried(echo, 1);
    const confirmed = [{ accountKey: 1, version: 4 }];
    await handle.signal(whitelistConfirmed, confirmed);
    await tried(echo, 2);
    await handle.signal(serverIsBack);
    await tried(echo, 3);
    const rest = [{ accountKey: 2, version: 5 }];
    await handle.signal(whitelistConfirmed, rest);
    await handle.result();
    expect(echo.requests.map((request) => request.confirmed)).toEqual([
      [],
      confirmed,
      confirmed,
      rest,
    ]);
    await keepHistory('whitelist-fetched-by-a-plugin', handle);
  });

  it('goes on in a new run when its history has grown long, and loses nothing by that', async () => {
    const golf = server('golf', ...Array.from({ length: 6 }, () => AWAY));
    const first = await want('golf');
    for (let time = 1; time <= 4; time += 1) {
      await tried(golf, time);
      if (time < 4) await first.signal(serverIsBack);
    }
    // The server suggests a new run from 4 MiB on, or after as many events as take much longer.
    for (let wish = 0; wish < 5; wish += 1) {
      await first.signal(whitelistWanted.name, 'x'.repeat(1_000_000));
    }
    const confirmed = [{ accountKey: 1, version: 4 }];
    await first.signal(whitelistConfirmed, confirmed);
    await first.signal(serverIsBack);
    await tried(golf, 5);
    expect(golf.requests.map((request) => request.confirmed)).toEqual([[], [], [], [], confirmed]);
    const next = workflows().getHandle(first.workflowId);
    const { events } = await next.fetchHistory();
    const begun = events?.[0]?.workflowExecutionStartedEventAttributes;
    expect(begun?.continuedExecutionRunId).not.toBe('');
    // The fifth failure in a row, and not the first of this run.
    await env.sleep(100_000);
    await tried(golf, 6);
    const pause = (golf.at[5] ?? 0) - (golf.at[4] ?? 0);
    expect(Math.floor(pause / 5_000) * 5).toBe(80);
    await next.signal(serverIsBack);
    await next.result();
    expect(golf.requests).toHaveLength(7);
    await keepHistory('whitelist-in-a-new-run', next);
  });

  it('ends when the server is configured no longer', async () => {
    const foxtrot = server('foxtrot', AWAY, { outcome: 'gone' });
    const handle = await want('foxtrot');
    await tried(foxtrot, 1);
    await handle.signal(serverIsBack);
    await handle.result();
    expect(foxtrot.requests).toHaveLength(2);
  });

  it('is compared and repaired for an administrator, who is told when that fails', async () => {
    const check = (serverId: string, repair: boolean) =>
      workflows().execute(WHITELIST_CHECK_WORKFLOW, {
        workflowId: whitelistCheckWorkflowId(`${serverId}-${String(repair)}`),
        taskQueue: TASK_QUEUE,
        args: [
          {
            guildId: GUILD,
            serverId,
            userId: '1',
            repair,
            answerTo: { interactionId: '2', applicationId: '3', sealedToken: 'v1.sealed' },
          } satisfies WhitelistCheckInput,
        ],
      });
    await check('alpha', false);
    await check('alpha', true);
    await expect(check('broken', false)).rejects.toThrow();
    expect(checks).toEqual(['compare alpha', 'repair alpha', 'compare broken', 'failed broken']);
  });
});
