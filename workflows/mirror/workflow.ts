import {
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { Alarm } from '../alarm';
import type { MirrorActivities } from './activities';
import type { MirrorInput } from './contract';
import { messageChanged } from './contract';
import { COPYING } from './copying';
import { currentDetails } from './details';

const { followMessage } = proxyActivities<MirrorActivities>(COPYING);

/** Between two looks at a message that another workflow is to copy. */
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 6 * 60 * 60_000;

/** Keeps one message's copy like its original, until nobody is expected to edit it any more. */
export async function mirrorWorkflow(input: MirrorInput): Promise<void> {
  const { until, ...subject } = input;
  const alarm = new Alarm();
  let { changed } = input;
  const isNews = (): boolean => changed;
  let pauseMs = FIRST_PAUSE_MS;
  setHandler(messageChanged, () => {
    changed = true;
  });

  setCurrentDetails(currentDetails(input, null, until));
  for (;;) {
    const asked = changed;
    changed = false;
    const followed = await followMessage.executeWithOptions(
      { summary: asked ? 'Follow a change' : 'Copy in order' },
      [{ ...subject, changed: asked }],
    );
    if (followed.more) continue;
    if (followed.standing === 'absent' && !isNews()) break;
    if (followed.standing === 'copied' && !isNews() && Date.now() >= until) break;
    let at = until;
    // Of a change somebody may wait to see the end; of a copy in a burst, nobody looks at this workflow.
    if (followed.standing === 'waiting' && (asked || Date.now() >= until)) {
      at = Date.now() + pauseMs;
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
    setCurrentDetails(currentDetails(input, followed, at));
    const summary =
      followed.standing === 'copied'
        ? 'Until edits are not followed any more'
        : 'Until it is copied';
    while (!isNews() && Date.now() < at) await alarm.wait(isNews, { at, summary });
    if (!isNews() && followed.standing === 'copied') break;
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof mirrorWorkflow>({ ...input, changed: isNews() });
    }
  }
  await condition(allHandlersFinished);
}
