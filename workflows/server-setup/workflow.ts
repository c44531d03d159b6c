import { isCancellation, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { ServerSetupActivities } from './activities';
import type { ServerSetupInput } from './contract';

const retry = {
  initialInterval: '500 milliseconds',
  backoffCoefficient: 2,
  maximumInterval: '15 seconds',
} as const;

/** An interaction can be answered for 15 minutes, and a person does not wait for as long. */
const { changeServer } = proxyActivities<ServerSetupActivities>({
  startToCloseTimeout: '1 minute',
  scheduleToCloseTimeout: '5 minutes',
  heartbeatTimeout: '10 seconds',
  retry,
});

const { tellSetupFailed } = proxyActivities<ServerSetupActivities>({
  startToCloseTimeout: '20 seconds',
  scheduleToCloseTimeout: '8 minutes',
  heartbeatTimeout: '10 seconds',
  retry,
});

/** One change to the watched servers. */
export async function serverSetupWorkflow(input: ServerSetupInput): Promise<void> {
  const { change } = input;
  const id = 'server' in change ? change.server.id : change.id;
  setCurrentDetails(`Carries out \`${change.type}\` for the server \`${id}\`.`);
  try {
    await changeServer.executeWithOptions({ summary: `${change.type} ${id}` }, [input]);
  } catch (error) {
    if (isCancellation(error)) throw error;
    setCurrentDetails('It was not possible in time; the person is told.');
    await tellSetupFailed.executeWithOptions({ summary: 'Tell that it failed' }, [input]);
    throw error;
  }
}
