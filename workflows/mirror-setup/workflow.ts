import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import { answeredChange, CHANGING, TELLING } from '../answered-change';
import type { MirrorSetupActivities } from './activities';
import type { MirrorSetupInput } from './contract';

const { changeMirrors } = proxyActivities<MirrorSetupActivities>(CHANGING);
const { tellMirrorSetupFailed } = proxyActivities<MirrorSetupActivities>(TELLING);

/** One change to the mirrors. */
export async function mirrorSetupWorkflow(input: MirrorSetupInput): Promise<void> {
  const { change } = input;
  const id = 'mirror' in change ? change.mirror.id : change.id;
  setCurrentDetails(`Carries out \`${change.type}\` for the mirror \`${id}\`.`);
  await answeredChange(
    () => changeMirrors.executeWithOptions({ summary: `${change.type} ${id}` }, [input]),
    () => tellMirrorSetupFailed.executeWithOptions({ summary: 'Tell that it failed' }, [input]),
  );
}
