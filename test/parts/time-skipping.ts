import { TestWorkflowEnvironment } from '@temporalio/testing';
import { part } from './addresses';

/** The time-skipping server of this process. Its namespace is `default`. */
export function timeSkipping(): { readonly address: string } {
  const addresses = part('timeSkipping');
  const worker = Number(process.env.JEST_WORKER_ID ?? '1');
  const address = addresses[(worker - 1) % addresses.length];
  if (address === undefined) throw new Error('No time-skipping server is running.');
  return { address };
}

/**
 * What `TestWorkflowEnvironment.create` takes in @temporalio/testing 1.24.0. It is private there:
 * the public `createTimeSkipping` only starts a server of its own, which costs 10 s a test file,
 * and the public `createFromExistingServer` cannot skip time. This is the one place that knows.
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
 * An environment on this process's time-skipping server: `client`, `nativeConnection` for a
 * worker, `sleep`. Call its `teardown` when the suite ends: the server itself stays.
 */
export async function timeSkippingEnvironment(): Promise<TestWorkflowEnvironment> {
  const type: unknown = TestWorkflowEnvironment;
  if (!hasCreate(type)) {
    throw new Error('@temporalio/testing no longer has the private create(): see time-skipping.ts');
  }
  return await type.create({
    server: { type: 'existing' },
    supportsTimeSkipping: true,
    address: timeSkipping().address,
    namespace: 'default',
  });
}

function hasCreate(type: unknown): type is PrivateCreate {
  return typeof type === 'function' && 'create' in type && typeof type.create === 'function';
}
