import { WorkflowNotFoundError } from '@temporalio/client';
import type { WatchedServer } from '../../src/domain/watching/server';
import { serverIsBack, whitelistWorkflowId } from '../../workflows/whitelist/contract';
import type { WatchingDependencies } from './dependencies';

/**
 * Servers that are back need not wait for what is wanted of their whitelists. Most have nothing that waits; for
 * others a pause of at most a quarter of an hour ends in any case.
 */
export async function wakeWhitelists(
  { workflows, log }: Pick<WatchingDependencies, 'workflows' | 'log'>,
  servers: readonly WatchedServer[],
): Promise<void> {
  for (const { guildId, id } of servers) {
    try {
      await workflows.getHandle(whitelistWorkflowId(guildId, id)).signal(serverIsBack);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) continue;
      log.debug({ err: error, server: id }, 'the whitelist learns later that its server is back');
    }
  }
}
