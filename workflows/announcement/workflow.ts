import {
  ActivityFailure,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  sleep,
} from '@temporalio/workflow';
import type { AnnouncementActivities, Came, PublishOutcome, ShowOutcome } from './activities';
import type { AnnouncementInput } from './contract';
import { currentDetails, type PostState } from './details';

/** Tries without end: what was accepted is told, however long Discord, Postgres or the storage is away. */
const retry = {
  initialInterval: '500 milliseconds',
  backoffCoefficient: 2,
  maximumInterval: '30 seconds',
} as const;
/** Records alone: as parts of a workflow task they cost a busy server a third of what activities do. */
const { takeDelivery, settleDelivery } = proxyLocalActivities<AnnouncementActivities>({
  startToCloseTimeout: '1 minute',
  localRetryThreshold: '10 seconds',
  retry,
});
const { showPost, publishPost } = proxyActivities<AnnouncementActivities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '10 seconds',
  retry,
});

/** A few tries: without what it asks for, the post says how many more commits there are, and is late by a minute. */
const { fetchLeftOut } = proxyActivities<AnnouncementActivities>({
  scheduleToCloseTimeout: '1 minute',
  startToCloseTimeout: '30 seconds',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 3, maximumAttempts: 4 },
});

type Ended = ShowOutcome | PublishOutcome;

/** One delivery of a source, from when it was accepted until all of its posts are shown. */
export async function announcementWorkflow(input: AnnouncementInput): Promise<void> {
  const { guildId } = input;
  const states = new Map<string, PostState>();
  setCurrentDetails(currentDetails(null, states));
  const summary = `Read delivery ${input.deliveryId} and record what is to be posted`;
  let taken = await takeDelivery.executeWithOptions({ summary }, [input, Date.now()]);
  if (taken.leftOut === true) {
    setCurrentDetails(currentDetails(taken.verdict, states));
    await askForLeftOut(input);
    taken = await takeDelivery.executeWithOptions({ summary }, [input, Date.now(), true]);
  }
  const { posts, verdict } = taken;
  const tell = (key: string, state: PostState): void => {
    states.set(key, state);
    setCurrentDetails(currentDetails(verdict, states));
  };
  setCurrentDetails(currentDetails(verdict, states));

  const shown = async ({ key, dueAt }: (typeof posts)[number]): Promise<Ended> => {
    if (dueAt > Date.now()) {
      tell(key, { state: 'waits', dueAt });
      await sleep(dueAt - Date.now(), { summary: `Until post ${key} is due` });
    }
    tell(key, { state: 'is-shown' });
    const outcome = await showPost.executeWithOptions({ summary: `Show post ${key}` }, [
      { guildId, key },
    ]);
    return outcome.outcome === 'shown' && outcome.publish ? published(key) : outcome;
  };
  const published = async (key: string): Promise<Ended> => {
    for (;;) {
      const outcome = await publishPost.executeWithOptions({ summary: `Publish post ${key}` }, [
        { guildId, key },
      ]);
      if (outcome.outcome !== 'later') return outcome;
      tell(key, { state: 'publishes-later', notBefore: outcome.notBefore });
      await sleep(Math.max(outcome.notBefore - Date.now(), 1), {
        summary: 'Until Discord allows to publish again',
      });
    }
  };
  const outcomes = await Promise.all(
    posts.map(async (post) => {
      const outcome = await shown(post);
      tell(post.key, { state: 'ended', outcome });
      return outcome;
    }),
  );
  if (outcomes.length === 0) return;
  await settleDelivery.executeWithOptions({ summary: 'Record what came of the delivery' }, [
    { input, came: cameOf(outcomes) },
  ]);
}

/** What cannot be had is not worth a post. */
async function askForLeftOut(input: AnnouncementInput): Promise<void> {
  try {
    await fetchLeftOut.executeWithOptions(
      { summary: `Ask for the commits that delivery ${input.deliveryId} leaves out` },
      [input],
    );
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
  }
}

/** One that could not be shown is what somebody has to do something about. */
function cameOf(outcomes: readonly Ended[]): Came {
  const unseen = outcomes.flatMap((outcome) => ('reason' in outcome ? [outcome] : []));
  const forbidden = unseen.find(({ outcome }) => outcome === 'forbidden');
  if (forbidden !== undefined) return { fate: 'failed', reason: forbidden.reason };
  const [gone] = unseen;
  return gone !== undefined && unseen.length === outcomes.length
    ? { fate: 'known', reason: gone.reason }
    : { fate: 'posted' };
}
