import { LEASE_SECONDS } from '../../src/domain/announcements/subscription/hub';
import type {
  AskOutcome,
  HubState,
} from '../../src/domain/announcements/subscription/subscription';
import { fetchBounded, FetchFailure } from '../../src/network/fetch';
import type { SubscriptionActivities } from '../../workflows/subscription/activities';
import type { Attempt } from '../attempt';
import type { SubscriptionDependencies } from './dependencies';
import { openPlace, type Hub } from './places';
import { hubSecretOf } from './secret';
import { unasked } from './unasked';

type AskRequest = Parameters<SubscriptionActivities['askHub']>[0];
type EndRequest = Parameters<SubscriptionActivities['unsubscribe']>[0];

const TIMEOUT_MS = 20_000;
/** Of an answer that nobody reads. */
const MOST_BYTES = 65_536;

/**
 * Asks a hub for a subscription (W3C WebSub, section 5.1). It asks back at once, so the records expect that
 * before it is asked.
 */
export async function askHub(
  deps: SubscriptionDependencies,
  { source, place, isRenewal }: AskRequest,
  attempt: Attempt,
): Promise<AskOutcome> {
  const { guildId, sourceId } = source;
  const record = await deps.records.source(guildId, sourceId);
  if (record === null) return { outcome: 'gone' };
  const hub = openPlace(place, deps);
  const secret = await hubSecretOf(deps, record, attempt.now);
  if (secret === null) {
    return { outcome: 'refused', reason: 'The environment variable of its secret is not set.' };
  }
  await deps.records.setSubscription(guildId, sourceId, {
    ...(record.subscription ?? unasked(hub.topic)),
    topic: hub.topic,
    state: isRenewal ? 'active' : 'asked',
    askedAt: attempt.now,
  });
  const outcome = await send(hub, attempt, {
    'hub.mode': 'subscribe',
    'hub.secret': secret.secret,
    'hub.lease_seconds': String(LEASE_SECONDS),
  });
  return outcome === null ? { outcome: 'accepted', secretMadeAt: secret.madeAt } : outcome;
}

/** Tells a hub that we want nothing more. It asks back, perhaps after the source and its keeper are gone. */
export async function unsubscribe(
  deps: SubscriptionDependencies,
  { source, place }: EndRequest,
  attempt: Attempt,
): Promise<void> {
  const hub = openPlace(place, deps);
  const { guildId, sourceId } = source;
  await deps.records.endSubscription(source, hub.topic, attempt.now);
  const record = await deps.records.source(guildId, sourceId);
  if (record?.subscription?.topic === hub.topic) {
    const ended = { state: 'asked', askedAt: null, leaseUntil: null, error: null } as const;
    await deps.records.setSubscription(guildId, sourceId, { ...record.subscription, ...ended });
  }
  const outcome = await send(hub, attempt, { 'hub.mode': 'unsubscribe' });
  if (outcome === null) return;
  deps.log.info(
    { guild: guildId, source: sourceId, ...outcome },
    'a hub was not unsubscribed from',
  );
  // What cannot be reached may be, a moment later; the workflow gives up at some time.
  if (outcome.outcome === 'unreachable') throw new FetchFailure('unreachable');
}

/** Records what became of a subscription. */
export async function recordHub(
  { records, seal }: SubscriptionDependencies,
  { source, hub }: Parameters<SubscriptionActivities['recordHub']>[0],
): Promise<void> {
  const { guildId, sourceId } = source;
  const record = await records.source(guildId, sourceId);
  if (record === null) return;
  const { topic } = openPlace(hub.place, { seal });
  await records.setSubscription(guildId, sourceId, {
    ...(record.subscription ?? unasked(topic)),
    topic,
    state: stateOf(hub),
    askedAt: hub.askedAt,
    leaseUntil: hub.leaseUntil,
    error: hub.error,
  });
}

const stateOf = ({ status }: HubState) => (status === 'idle' ? ('asked' as const) : status);

/** @returns `null`: it took the request; else what it said, without its words */
async function send(
  { url, topic, callback, allowInternal }: Hub,
  { signal }: Attempt,
  more: Readonly<Record<string, string>>,
): Promise<Extract<AskOutcome, { readonly outcome: 'refused' | 'unreachable' }> | null> {
  const body = new URLSearchParams({
    'hub.callback': callback,
    'hub.topic': topic,
    // Hubs of the time before WebSub, such as YouTube's, know two ways of asking back; this is the later one.
    'hub.verify': 'async',
    ...more,
  }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  try {
    const { status } = await fetchBounded(
      { method: 'POST', url, headers, body },
      { allowInternal, mostBytes: MOST_BYTES, timeoutMs: TIMEOUT_MS, signal },
    );
    if (status >= 200 && status < 300) return null;
    const isPassing = status >= 500 || status === 408 || status === 429;
    const reason = `The hub answered with ${status}.`;
    return { outcome: isPassing ? 'unreachable' : 'refused', reason };
  } catch (error) {
    if (!(error instanceof FetchFailure)) throw error;
    return { outcome: 'unreachable', reason: error.message };
  }
}
