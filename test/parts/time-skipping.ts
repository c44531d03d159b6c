import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { part } from './addresses';
import { startTimeSkipping } from './temporal-server';
import { startWatchdog } from './watchdog';

/**
 * What `TestWorkflowEnvironment.create` takes in @temporalio/testing 1.24.0. It is private there:
 * the public `createTimeSkipping` starts the server by itself and leaves it behind when the process
 * is killed, and the public `createFromExistingServer` cannot skip time. This is the one place that
 * knows.
 */
interface PrivateCreate {
  create(options: {
    server: { type: 'existing' };
    supportsTimeSkipping: true;
    address: string;
    namespace: string;
  }): Promise<TestWorkflowEnvironment>;
}

/**
 * An environment on a time-skipping server of its own: `client`, `nativeConnection` for a worker,
 * `sleep`. Its `teardown` ends the server too. Suites do not share one: its time is global, and when
 * a skip makes a timer fire in a workflow whose worker has gone with its suite, the server waits for
 * that worker and never skips again.
 */
export async function timeSkippingEnvironment(): Promise<TestWorkflowEnvironment> {
  const type: unknown = TestWorkflowEnvironment;
  if (!hasCreate(type)) {
    throw new Error('@temporalio/testing no longer has the private create(): see time-skipping.ts');
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'castellan-time-'));
  const watchdog = startWatchdog();
  watchdog.remove(folder);
  try {
    const environment = await type.create({
      server: { type: 'existing' },
      supportsTimeSkipping: true,
      address: await startTimeSkipping(part('timeSkipping'), { folder, watchdog }),
      namespace: 'default',
    });
    const disconnect = environment.teardown.bind(environment);
    return Object.assign(environment, {
      teardown: async () => {
        await disconnect();
        await watchdog.close();
      },
    });
  } catch (error) {
    await watchdog.close();
    throw error;
  }
}

function hasCreate(type: unknown): type is PrivateCreate {
  return typeof type === 'function' && 'create' in type && typeof type.create === 'function';
}
