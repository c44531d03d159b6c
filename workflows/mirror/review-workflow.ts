import { proxyActivities, setCurrentDetails, setHandler } from '@temporalio/workflow';
import type { MirrorActivities } from './activities';
import type { MirrorReviewInput } from './contract';
import { reviewAgain } from './contract';
import { COPYING } from './copying';

const { reviewMirror } = proxyActivities<MirrorActivities>(COPYING);

/** Looks up what a mirror missed: messages, edits and deletions of which no session told. */
export async function mirrorReviewWorkflow(input: MirrorReviewInput): Promise<void> {
  let again = true;
  setHandler(reviewAgain, () => {
    again = true;
  });
  const { guildId, mirrorId } = input;
  setCurrentDetails(
    `Compares what mirror \`${mirrorId}\` of guild \`${guildId}\` copied with the originals, and copies what is missing; then this workflow ends.`,
  );
  while (again) {
    again = false;
    const { more } = await reviewMirror.executeWithOptions({ summary: 'Compare and copy' }, [
      input,
    ]);
    again ||= more;
  }
}
