import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  log,
  proxyActivities,
  setCurrentDetails,
} from '@temporalio/workflow';
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

/** Discord's troubles are no reason to check servers later: the message is tried again with a later round. */
const { showStatus } = proxyActivities<WatchServersActivities>({
  startToCloseTimeout: '9 seconds',
  scheduleToCloseTimeout: '9 seconds',
  retry: { maximumAttempts: 1 },
});

/**
 * One round of checks over the servers that are due. One that Postgres or the worker went away from is given up,
 * which loses nothing and is no failure that somebody has to look at: what was not checked is due, and what was
 * not told is kept, for the next round.
 */
export async function watchServersWorkflow(): Promise<void> {
  try {
    await round();
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    // A mistake of ours is a failure.
    if (error.cause instanceof ApplicationFailure && error.cause.type === 'unexpected') throw error;
    log.warn('a round was given up', { activity: error.activityType });
    setCurrentDetails('Given up, since Postgres or the worker was away; the next round goes on.');
  }
}

async function round(): Promise<void> {
  setCurrentDetails('Looks which servers are due.');
  const {
    batches,
    news: left,
    board,
  } = await planRound.executeWithOptions({ summary: 'Count the servers that are due' }, []);
  // It shows what the round before has found, beside this one.
  const shown = board
    ? showStatus.executeWithOptions({ summary: 'Bring live status messages up to date' }, [])
    : Promise.resolve();
  const shownOrNot = shown.catch((error: unknown) => {
    if (isCancellation(error)) throw error;
  });
  setCurrentDetails(`Checks ${batches === 1 ? 'one batch' : `${batches} batches`} of servers.`);
  const outcomes = await Promise.all(
    Array.from({ length: batches }, (_, number) =>
      checkServers.executeWithOptions({ summary: `Check batch ${number + 1} of ${batches}` }, [
        { number, of: batches },
      ]),
    ),
  );
  if (left || outcomes.some(({ news }) => news)) {
    setCurrentDetails('Tells incidents and channel names what is new.');
    await tellNews.executeWithOptions({ summary: 'Tell incidents and channel names' }, []);
  }
  await shownOrNot;
}
