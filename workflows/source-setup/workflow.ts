import { isCancellation, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { SourceSetupActivities } from './activities';
import type { SourceSetupInput } from './contract';

const retry = {
  initialInterval: '500 milliseconds',
  backoffCoefficient: 2,
  maximumInterval: '15 seconds',
} as const;

/** An interaction can be answered for 15 minutes, and a person does not wait for as long. */
const { changeSource } = proxyActivities<SourceSetupActivities>({
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: '5 minutes',
  heartbeatTimeout: '10 seconds',
  retry,
});

const { tellSourceSetupFailed } = proxyActivities<SourceSetupActivities>({
  startToCloseTimeout: '20 seconds',
  scheduleToCloseTimeout: '8 minutes',
  heartbeatTimeout: '10 seconds',
  retry,
});

/** One change to the sources of announcements. */
export async function sourceSetupWorkflow(input: SourceSetupInput): Promise<void> {
  const { type, id } = input.change;
  setCurrentDetails(`Carries out \`${type}\` for the source \`${id}\`.`);
  try {
    await changeSource.executeWithOptions({ summary: `${type} ${id}` }, [input]);
  } catch (error) {
    if (isCancellation(error)) throw error;
    setCurrentDetails('It was not possible in time; the person is told.');
    await tellSourceSetupFailed.executeWithOptions({ summary: 'Tell that it failed' }, [input]);
    throw error;
  }
}
