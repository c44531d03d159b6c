import { isCancellation, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { WhitelistActivities } from './activities';
import type { WhitelistCheckInput } from './contract';

const retry = {
  initialInterval: '500 milliseconds',
  backoffCoefficient: 2,
  maximumInterval: '15 seconds',
} as const;

/** An interaction can be answered for 15 minutes, and a person does not wait for as long. */
const { checkWhitelist } = proxyActivities<WhitelistActivities>({
  startToCloseTimeout: '2 minutes',
  scheduleToCloseTimeout: '5 minutes',
  heartbeatTimeout: '10 seconds',
  retry,
});

const { tellCheckFailed } = proxyActivities<WhitelistActivities>({
  startToCloseTimeout: '20 seconds',
  scheduleToCloseTimeout: '8 minutes',
  heartbeatTimeout: '10 seconds',
  retry,
});

/** Compares a server's whitelist with the records, or repairs it, for an administrator who waits. */
export async function whitelistCheckWorkflow(input: WhitelistCheckInput): Promise<void> {
  const what = input.repair ? 'Repairs' : 'Compares';
  setCurrentDetails(`${what} the whitelist of \`${input.serverId}\`; waits for the server.`);
  try {
    await checkWhitelist.executeWithOptions(
      { summary: `${input.repair ? 'Repair' : 'Compare'} the whitelist of ${input.serverId}` },
      [input],
    );
  } catch (error) {
    if (isCancellation(error)) throw error;
    setCurrentDetails('It was not possible in time; the administrator is told.');
    await tellCheckFailed.executeWithOptions({ summary: 'Tell that it failed' }, [input]);
    throw error;
  }
}
