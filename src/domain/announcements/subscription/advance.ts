import { newFeed, isFeedTrouble, polled } from './feed';
import * as hubs from './hub';
import type {
  HubPlace,
  KeptSource,
  Look,
  PollOutcome,
  SubscriptionCommand,
  SubscriptionState,
} from './subscription';
import { DAY, HOUR, MINUTE, newSubscription } from './subscription';
import {
  CALM_MS,
  counted,
  isRefusalTrouble,
  silentAt,
  toldOf,
  withoutTrouble,
  withTrouble,
} from './trouble';

/** The records are looked at so often in any case, and so often while something is wrong. */
const LOOK_EVERY_MS = DAY;
const LOOK_EVERY_IN_TROUBLE_MS = HOUR;
const ERASE_EVERY_MS = DAY;
/** What could not be told is tried again then. */
const TELL_AGAIN_MS = 15 * MINUTE;

/**
 * What a command makes of what was known. Nothing is refused: what does not fit any more changes nothing.
 *
 * @param now milliseconds since the epoch
 */
export function advance(
  state: SubscriptionState,
  command: SubscriptionCommand,
  now: number,
): SubscriptionState {
  return timePassed(commanded(state, command, now), now);
}

function commanded(
  state: SubscriptionState,
  command: SubscriptionCommand,
  now: number,
): SubscriptionState {
  const { hub } = state;
  switch (command.type) {
    case 'changed':
      return { ...state, lookAt: now };
    case 'looking':
      return { ...state, lookAt: now + LOOK_EVERY_MS };
    case 'looked':
      return looked(state, command.look, now);
    case 'hub-asked':
      if (hub === null || command.act === 'unsubscribe') return state;
      return { ...state, hub: hubs.confirmed(hub, command.leaseSeconds, now) };
    case 'revoked':
      if (hub !== null) return { ...state, hub: hubs.denied(hub, command.reason, now) };
      // Of a hub that is none any more.
      if (state.source !== null && state.source.polled !== null) return state;
      return withTrouble(state, 'revoked', command.reason, now);
    case 'refused': {
      const { kind } = command;
      const refusals = counted(state.refusals[kind], command);
      const next = { ...state, refusals: { ...state.refusals, [kind]: refusals } };
      return isRefusalTrouble(kind, refusals) ? withTrouble(next, kind, null, now) : next;
    }
    case 'asking':
      return hub === null ? state : { ...state, hub: hubs.asking(hub, now) };
    case 'asked':
      if (command.outcome.outcome === 'gone' || hub === null) return { ...state, lookAt: now };
      return { ...state, hub: hubs.asked(hub, command.outcome, now) };
    case 'recorded':
      return hub === command.hub ? { ...state, hub: { ...hub, recorded: true } } : state;
    case 'unsubscribed':
      return {
        ...state,
        endings: state.endings.filter((place) => !hubs.isSamePlace(place, command.place)),
      };
    case 'polled':
      return afterPoll(state, command.outcome, now);
    case 'told':
      return toldOf(state, command.trouble, command.over, now);
    case 'not-told':
      return { ...state, tellAt: now + TELL_AGAIN_MS };
    case 'erased':
      return { ...state, eraseAt: command.more ? now : now + ERASE_EVERY_MS };
    case 'deadline':
      return state;
  }
}

function looked(before: SubscriptionState, look: Look, now: number): SubscriptionState {
  const { source } = look;
  const lookedAt = { lookedAt: now, lookAt: before.lookAt };
  if (source === null) {
    const endings = endingsOf(before, null);
    const left = { ...newSubscription(now), ...lookedAt, endings, gone: true };
    return { ...left, eraseAt: now };
  }
  const isOther = before.source !== null && before.source.createdAt !== source.createdAt;
  const known = isOther ? { ...newSubscription(now), hub: before.hub } : before;
  let state: SubscriptionState = {
    ...(known.source === null ? remembering(known, look.told, now) : known),
    ...lookedAt,
    source,
    gone: false,
    lastDeliveryAt: look.lastDeliveryAt,
    feed: feedOf(known, source, now),
  };
  if (source.hub !== 'found') state = atHub(state, source.hub, now);
  else if (source.polled?.id !== before.source?.polled?.id) state = atHub(state, null, now);
  if (state.hub !== null) {
    state = { ...state, hub: hubs.givenSecret(state.hub, source.secretMadeAt, now) };
  }
  return answered(state);
}

/** What an earlier keeper has told is told again only after its end. */
function remembering(before: SubscriptionState, told: Look['told'], now: number) {
  let state = before;
  for (const trouble of told) {
    state = toldOf(withTrouble(state, trouble, null, now), trouble, false, now);
    if (trouble !== 'mis-signed' && trouble !== 'malformed') continue;
    const refusals = state.refusals[trouble] ?? { since: now, last: now, count: 0 };
    state = { ...state, refusals: { ...state.refusals, [trouble]: refusals } };
  }
  return state;
}

function feedOf(known: SubscriptionState, { polled }: KeptSource, now: number) {
  if (polled === null) return null;
  const before = known.source?.polled;
  const isSame = before !== null && before?.id === polled.id && before.everyMs === polled.everyMs;
  return isSame && known.feed !== null ? known.feed : newFeed(now);
}

/** The hub that is to send to us is this one. */
function atHub(state: SubscriptionState, place: HubPlace | null, now: number): SubscriptionState {
  const { hub } = state;
  if (place !== null && hub !== null && hubs.isSamePlace(hub.place, place)) return state;
  if (place === null && hub === null) return state;
  const next = place === null ? null : hubs.newHub(place, now);
  return { ...withoutTrouble(state, 'hub'), endings: endingsOf(state, place), hub: next };
}

/** @param place that is not to end */
function endingsOf({ hub, endings }: SubscriptionState, place: HubPlace | null) {
  const ending = hub !== null && hubs.isInUse(hub) ? [hub.place] : [];
  return [...endings, ...ending].filter((one) => place === null || !hubs.isSamePlace(one, place));
}

/** A delivery came: what it disproves is over. */
function answered(state: SubscriptionState): SubscriptionState {
  const { lastDeliveryAt, troubles } = state;
  const revoked = troubles.find(({ trouble }) => trouble === 'revoked');
  return revoked !== undefined && lastDeliveryAt !== null && lastDeliveryAt > revoked.since
    ? withoutTrouble(state, 'revoked')
    : state;
}

function afterPoll(
  before: SubscriptionState,
  outcome: PollOutcome,
  now: number,
): SubscriptionState {
  if (outcome.outcome === 'gone') return { ...before, lookAt: now };
  const { source, feed } = before;
  if (source === null || source.polled === null || feed === null) return before;
  let state = before;
  if (outcome.outcome === 'fine') {
    const found = source.hub === 'found' ? outcome.hub : undefined;
    if (found !== undefined) state = atHub(state, found, now);
    if (outcome.delivered) state = answered({ ...state, lastDeliveryAt: now });
    state = withoutTrouble(state, 'feed');
  }
  const hasHub = state.hub?.status === 'active';
  const next = polled(feed, outcome, source.polled, hasHub, now);
  state = { ...state, feed: next };
  return outcome.outcome !== 'fine' && isFeedTrouble(next, outcome, now)
    ? withTrouble(state, 'feed', outcome.reason, now)
    : state;
}

/** What time alone does. */
function timePassed(before: SubscriptionState, now: number): SubscriptionState {
  if (before.source === null) return before;
  let state = before;
  if (state.hub !== null) {
    const wasActive = state.hub.status === 'active';
    const hub = hubs.hubAfter(state.hub, now);
    state = { ...state, hub };
    const troubleAt = hubs.hubTroubleAt(hub);
    if (troubleAt === null) state = withoutTrouble(state, 'hub');
    else if (troubleAt <= now) state = withTrouble(state, 'hub', hub.error, now);
    // What was new while nobody sent it is in the feed.
    if (wasActive && hub.status !== 'active' && state.feed !== null) {
      state = { ...state, feed: { ...state.feed, pollAt: Math.min(state.feed.pollAt, now) } };
    }
  }
  for (const kind of ['mis-signed', 'malformed'] as const) {
    const refusals = state.refusals[kind];
    if (refusals === null || refusals.last + CALM_MS > now) continue;
    state = withoutTrouble({ ...state, refusals: { ...state.refusals, [kind]: null } }, kind);
  }
  return inSilence(state, now);
}

/** Deliveries pass the keeper by: whether one came, the records say. */
function inSilence(state: SubscriptionState, now: number): SubscriptionState {
  const { lookedAt } = state;
  const at = silentAt(state);
  if (at === null || at > now) return inTrouble(withoutTrouble(state, 'silent'));
  if (lookedAt === null || lookedAt < at) return { ...state, lookAt: Math.min(state.lookAt, now) };
  return inTrouble(withTrouble(state, 'silent', null, now));
}

/** Only the records say when these are over. */
function inTrouble(state: SubscriptionState): SubscriptionState {
  const isWaiting = state.troubles.some(
    ({ trouble, over }) => !over && (trouble === 'silent' || trouble === 'revoked'),
  );
  if (!isWaiting || state.lookedAt === null) return state;
  return { ...state, lookAt: Math.min(state.lookAt, state.lookedAt + LOOK_EVERY_IN_TROUBLE_MS) };
}
