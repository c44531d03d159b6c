import { isCancellation, setCurrentDetails } from '@temporalio/workflow';

/** What the workflows have in common that carry out an administrator's change and answer the interaction. */

const retry = {
  initialInterval: '500 milliseconds',
  backoffCoefficient: 2,
  maximumInterval: '15 seconds',
} as const;

/** An interaction can be answered for 15 minutes, and a person does not wait for as long. */
export const CHANGING = {
  startToCloseTimeout: '1 minute',
  scheduleToCloseTimeout: '5 minutes',
  heartbeatTimeout: '10 seconds',
  retry,
} as const;

/** The same for the answer that it was not possible. */
export const TELLING = {
  startToCloseTimeout: '20 seconds',
  scheduleToCloseTimeout: '8 minutes',
  heartbeatTimeout: '10 seconds',
  retry,
} as const;

/** Carries out a change, which answers the person; where it is not possible in time, the person is told so. */
export async function answeredChange(
  change: () => Promise<void>,
  tellFailed: () => Promise<void>,
): Promise<void> {
  try {
    await change();
  } catch (error) {
    if (isCancellation(error)) throw error;
    setCurrentDetails('It was not possible in time; the person is told.');
    await tellFailed();
    throw error;
  }
}
