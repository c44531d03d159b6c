import { condition } from '@temporalio/workflow';

/**
 * Lets the handlers that run now finish before anything else is asked for. Whether a command of the main loop
 * comes before or after the completion of an update would otherwise depend on how the worker happens to group
 * what it is told: a worker that takes a workflow over may be told of a finished activity and of an update at
 * once, and a later replay of the same history one after the other. Seen with @temporalio/worker 1.24.0 as
 * "Update machine does not handle this event".
 *
 * A condition is looked at again only when all that could run has run, so this is not the same as `await null`.
 */
export async function handlersFirst(): Promise<void> {
  let looked = false;
  const turn = condition(() => looked);
  looked = true;
  await turn;
}
