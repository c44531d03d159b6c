import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import { answeredChange, CHANGING, TELLING } from '../answered-change';
import type { ServerSetupActivities } from './activities';
import type { ServerSetupInput } from './contract';

const { changeServer } = proxyActivities<ServerSetupActivities>(CHANGING);
const { tellSetupFailed } = proxyActivities<ServerSetupActivities>(TELLING);

/** One change to the watched servers. */
export async function serverSetupWorkflow(input: ServerSetupInput): Promise<void> {
  const { change } = input;
  const id = 'server' in change ? change.server.id : change.id;
  setCurrentDetails(`Carries out \`${change.type}\` for the server \`${id}\`.`);
  await answeredChange(
    () => changeServer.executeWithOptions({ summary: `${change.type} ${id}` }, [input]),
    () => tellSetupFailed.executeWithOptions({ summary: 'Tell that it failed' }, [input]),
  );
}
