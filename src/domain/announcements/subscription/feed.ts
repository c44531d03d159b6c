import type { FeedState, KeptSource, PollOutcome } from './subscription';
import { DAY, HOUR } from './subscription';

/** So often a body is no feed before it is told: a page of an outage comes and goes. */
const MALFORMED_TOLD_AFTER = 3;
/** The longest pause while a feed cannot be read, unless it is looked at more seldom anyway. */
const LONGEST_PAUSE_MS = HOUR;
/** The longest that a server may make us wait. */
const LONGEST_ASKED_PAUSE_MS = DAY;

export const newFeed = (now: number): FeedState => ({
  pollAt: now,
  failures: 0,
  failingSince: null,
});

type Polled = NonNullable<KeptSource['polled']>;

/** @param hasHub whether a hub sends what is new */
export function polled(
  feed: FeedState,
  outcome: Exclude<PollOutcome, { readonly outcome: 'gone' }>,
  { everyMs, everyMsWithHub }: Polled,
  hasHub: boolean,
  now: number,
): FeedState {
  const every = hasHub ? everyMsWithHub : everyMs;
  if (outcome.outcome === 'fine') return newFeed(now + every);
  const failures = feed.failures + 1;
  const pause =
    outcome.outcome === 'ended'
      ? LONGEST_ASKED_PAUSE_MS
      : Math.max(every, Math.min(every * 2 ** Math.min(failures - 1, 20), LONGEST_PAUSE_MS));
  const asked = Math.min(outcome.notBefore ?? 0, now + LONGEST_ASKED_PAUSE_MS);
  return {
    pollAt: Math.max(now + pause, asked),
    failures,
    failingSince: feed.failingSince ?? now,
  };
}

/** Whether a failure is to be told now. */
export function isFeedTrouble(
  { failures, failingSince }: FeedState,
  { outcome }: Exclude<PollOutcome, { readonly outcome: 'gone' }>,
  now: number,
): boolean {
  if (outcome === 'fine' || failingSince === null) return false;
  if (outcome === 'ended') return true;
  if (outcome === 'malformed' && failures >= MALFORMED_TOLD_AFTER) return true;
  return now >= failingSince + DAY;
}
