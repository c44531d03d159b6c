import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { WatchServersActivities } from './activities';

/** A round that cannot be counted is none: the next one comes in seconds. */
const { planRound } = proxyActivities<WatchServersActivities>({
  startToCloseTimeout: '20 seconds',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '500 milliseconds', maximumAttempts: 3 },
});

/** Whatever a killed worker had not recorded is checked again; what it had, is not due any more. */
const { checkServers } = proxyActivities<WatchServersActivities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '500 milliseconds', maximumAttempts: 3 },
});

/** News waits in the records; what this round cannot tell, the next one does. */
const { tellNews } = proxyActivities<WatchServersActivities>({
  startToCloseTimeout: '30 seconds',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '500 milliseconds', maximumAttempts: 5 },
});

/** One round of checks over the servers that are due. */
export async function watchServersWorkflow(): Promise<void> {
  setCurrentDetails('Looks which servers are due.');
  const { batches, news: left } = await planRound.executeWithOptions(
    { summary: 'Count the servers that are due' },
    [],
  );
  setCurrentDetails(`Checks ${batches === 1 ? 'one batch' : `${batches} batches`} of servers.`);
  const outcomes = await Promise.all(
    Array.from({ length: batches }, (_, number) =>
      checkServers.executeWithOptions({ summary: `Check batch ${number + 1} of ${batches}` }, [
        { number, of: batches },
      ]),
    ),
  );
  if (!left && !outcomes.some(({ news }) => news)) return;
  setCurrentDetails('Tells incidents and channel names what is new.');
  await tellNews.executeWithOptions({ summary: 'Tell incidents and channel names' }, []);
}
