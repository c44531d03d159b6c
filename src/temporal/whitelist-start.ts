import { whitelistWorkflowId, type WhitelistInput } from '../../workflows/whitelist/contract';
import { startOptions } from './starting';

/** How the keeper of a server's whitelist is started, with a signal: one that runs is only told. */
export const whitelistStart = (input: WhitelistInput) =>
  startOptions(
    {
      workflowId: whitelistWorkflowId(input.guildId, input.serverId),
      kind: 'whitelist',
      summary: `Bring the whitelist of ${input.serverId} to what is wanted`,
      input,
    },
    'ALLOW_DUPLICATE',
  );
