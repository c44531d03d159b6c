import { whitelistStart } from '../../src/temporal/whitelist-start';
import { WHITELIST_WORKFLOW, whitelistWanted } from '../../workflows/whitelist/contract';
import type { RegistrationDependencies } from './dependencies';

/** Has servers told what is wanted of their whitelists. Twice does no harm. */
export async function wantWhitelists(
  { workflows }: Pick<RegistrationDependencies, 'workflows'>,
  guildId: string,
  serverIds: readonly string[],
): Promise<void> {
  for (const serverId of serverIds) {
    await workflows.signalWithStart(WHITELIST_WORKFLOW, {
      ...whitelistStart({ guildId, serverId }),
      signal: whitelistWanted,
    });
  }
}
