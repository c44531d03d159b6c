import { startAttributes } from '../../src/temporal/search-attributes';
import { TASK_QUEUE } from '../../workflows/ticket/contract';
import {
  WHITELIST_WORKFLOW,
  whitelistWanted,
  whitelistWorkflowId,
} from '../../workflows/whitelist/contract';
import type { RegistrationDependencies } from './dependencies';

/** Has servers told what is wanted of their whitelists. Twice does no harm. */
export async function wantWhitelists(
  { workflows }: Pick<RegistrationDependencies, 'workflows'>,
  guildId: string,
  serverIds: readonly string[],
): Promise<void> {
  for (const serverId of serverIds) {
    await workflows.signalWithStart(WHITELIST_WORKFLOW, {
      workflowId: whitelistWorkflowId(guildId, serverId),
      taskQueue: TASK_QUEUE,
      args: [{ guildId, serverId }],
      signal: whitelistWanted,
      staticSummary: `Bring the whitelist of ${serverId} to what is wanted`,
      typedSearchAttributes: startAttributes(guildId, 'whitelist'),
    });
  }
}
