import { nextOfHub } from './hub';
import type { HubPlace, SubscriptionState, TroubleState } from './subscription';
import { CALM_MS, silentAt, untold } from './trouble';

/** What a keeper does next. */
export type SubscriptionStep =
  | { readonly step: 'look' }
  | { readonly step: 'ask'; readonly place: HubPlace; readonly isRenewal: boolean }
  | { readonly step: 'record' }
  | { readonly step: 'unsubscribe'; readonly place: HubPlace }
  | { readonly step: 'poll' }
  | { readonly step: 'tell'; readonly trouble: TroubleState }
  /** `all`: the source is gone, and with it all that was delivered. */
  | { readonly step: 'erase'; readonly all: boolean }
  | { readonly step: 'wait'; readonly until: number; readonly for: WaitedFor }
  | { readonly step: 'end' };

export type WaitedFor = 'feed' | 'hub' | 'records' | 'erasing' | 'telling' | 'silence' | 'calm';

/**
 * What is to be done now; where there is nothing, when something happens if nobody acts.
 *
 * @param now milliseconds since the epoch
 */
export function nextStep(state: SubscriptionState, now: number): SubscriptionStep {
  if (state.lookAt <= now) return { step: 'look' };
  const [ending] = state.endings;
  if (ending !== undefined) return { step: 'unsubscribe', place: ending };
  if (state.gone) {
    // Once all is erased, the next erasing is a day away.
    return state.eraseAt <= now ? { step: 'erase', all: true } : { step: 'end' };
  }
  const { hub, feed } = state;
  if (hub?.recorded === false) return { step: 'record' };
  const trouble = untold(state);
  if (trouble !== undefined && state.tellAt <= now) return { step: 'tell', trouble };
  if (hub !== null && hub.askAt !== null && hub.askAt <= now) {
    return { step: 'ask', place: hub.place, isRenewal: hub.status === 'active' };
  }
  if (feed !== null && feed.pollAt <= now) return { step: 'poll' };
  if (state.eraseAt <= now) return { step: 'erase', all: false };
  return waiting(state, trouble !== undefined, now);
}

function waiting(state: SubscriptionState, isUntold: boolean, now: number): SubscriptionStep {
  const { hub, feed, refusals } = state;
  const silence = silentAt(state);
  const ends: (readonly [WaitedFor, number])[] = [
    ['records', state.lookAt],
    ['erasing', state.eraseAt],
  ];
  if (feed !== null) ends.push(['feed', feed.pollAt]);
  if (hub !== null) ends.push(['hub', nextOfHub(hub)]);
  if (isUntold) ends.push(['telling', state.tellAt]);
  if (silence !== null && silence > now) ends.push(['silence', silence]);
  for (const one of [refusals['mis-signed'], refusals.malformed]) {
    if (one !== null) ends.push(['calm', one.last + CALM_MS]);
  }
  const [first, ...others] = ends;
  const [what, until] = others.reduce(
    (soonest, one) => (one[1] < soonest[1] ? one : soonest),
    first ?? (['records', state.lookAt] as const),
  );
  return { step: 'wait', until, for: what };
}
