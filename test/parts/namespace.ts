import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { ensureSearchAttributes } from '../../src/temporal/search-attributes';
import { msToTs } from '@temporalio/common/lib/time';
import { part } from './addresses';
import type { TemporalAddresses } from './temporal-server';

/** The dev server that all tests share, with its shared namespace. */
export function temporal(): TemporalAddresses {
  return part('temporal');
}

/**
 * A new namespace on the shared dev server, with the search attributes of contract 5: lists and
 * counts in it see no other test's workflows, and its task queues are its own.
 *
 * @returns the addresses of `temporal()` with the new namespace
 */
export async function freshNamespace(): Promise<TemporalAddresses> {
  const server = temporal();
  const namespace = `test-${randomUUID()}`;
  const connection = await Connection.connect({ address: server.address });
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs('1 day'),
    });
    await ensureSearchAttributes(connection, namespace);
  } finally {
    await connection.close();
  }
  return { ...server, namespace };
}
