import { isCancellation, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { MirrorSetupActivities } from './activities';
import type { MirrorSetupInput } from './contract';

const retry = {
  initialInterval: '500 milliseconds',
  backoffCoefficient: 2,
  maximumInterval: '15 seconds',
} as const;

/** An interaction can be answered for 15 minutes, and a person does not wait for as long. */
const { changeMirrors } = proxyActivities<MirrorSetupActivities>({
  startToCloseTimeout: '1 minute',
  scheduleToCloseTimeout: '5 minutes',
  heartbeatTimeout: '10 seconds',
  retry,
});

const { tellMirrorSetupFailed } = proxyActivities<MirrorSetupActivities>({
  startToCloseTimeout: '20 seconds',
  scheduleToCloseTimeout: '8 minutes',
  heartbeatTimeout: '10 seconds',
  retry,
});

/** One change to the mirrors. */
export async function mirrorSetupWorkflow(input: MirrorSetupInput): Promise<void> {
  const { change } = input;
  const id = 'mirror' in change ? change.mirror.id : change.id;
  setCurrentDetails(`Carries out \`${change.type}\` for the mirror \`${id}\`.`);
  try {
    await changeMirrors.executeWithOptions({ summary: `${change.type} ${id}` }, [input]);
  } catch (error) {
    if (isCancellation(error)) throw error;
    setCurrentDetails('It was not possible in time; the person is told.');
    await tellMirrorSetupFailed.executeWithOptions({ summary: 'Tell that it failed' }, [input]);
    throw error;
  }
}
