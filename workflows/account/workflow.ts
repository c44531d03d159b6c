import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { AccountActivities } from './activities';
import type { AccountInput } from './contract';
import { changeSummary, currentDetails, followSummary } from './details';

/** Tries without end: what was accepted is done, however long an outage lasts. */
const { changeAccounts, followAccounts } = proxyActivities<AccountActivities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '10 seconds',
  retry: {
    initialInterval: '500 milliseconds',
    backoffCoefficient: 2,
    maximumInterval: '30 seconds',
  },
});

/** One change of who has which accounts: it is recorded, then everything else follows. */
export async function accountWorkflow(input: AccountInput): Promise<void> {
  setCurrentDetails(currentDetails(input));
  const outcome = await changeAccounts.executeWithOptions({ summary: changeSummary(input) }, [
    input,
  ]);
  setCurrentDetails(currentDetails(input, outcome));
  // Somebody left who had nothing: there is nobody to tell.
  if (outcome.outcome !== 'changed' && input.answerTo === null) return;
  await followAccounts.executeWithOptions({ summary: followSummary(outcome) }, [
    { input, outcome },
  ]);
}
