import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import { answeredChange, CHANGING, TELLING } from '../answered-change';
import type { SourceSetupActivities } from './activities';
import type { SourceSetupInput } from './contract';

const { changeSource } = proxyActivities<SourceSetupActivities>(CHANGING);
const { tellSourceSetupFailed } = proxyActivities<SourceSetupActivities>(TELLING);

/** One change to the sources of announcements. */
export async function sourceSetupWorkflow(input: SourceSetupInput): Promise<void> {
  const { type, id } = input.change;
  setCurrentDetails(`Carries out \`${type}\` for the source \`${id}\`.`);
  await answeredChange(
    () => changeSource.executeWithOptions({ summary: `${type} ${id}` }, [input]),
    () => tellSourceSetupFailed.executeWithOptions({ summary: 'Tell that it failed' }, [input]),
  );
}
