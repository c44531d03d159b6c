import { dayOfDelivery, deliveriesPrefix, keysOf } from '../../src/storage/deliveries';
import type { SubscriptionActivities } from '../../workflows/subscription/activities';
import type { Attempt } from '../attempt';
import type { SubscriptionDependencies } from './dependencies';
import { inStorage } from '../in-storage';

/** Deliveries that one call erases at most. */
const BATCH = 200;
const DAY = 86_400_000;
/** What is recorded of a delivery is kept for so long after the delivery itself. */
const RECORDS_KEPT_MS = 90 * DAY;

type Request = Parameters<SubscriptionActivities['eraseDeliveries']>[0];

/** Erases what was kept for long enough: first the bytes, then the records' reference to them. */
export async function eraseDeliveries(
  deps: SubscriptionDependencies,
  { source, all }: Request,
  attempt: Attempt,
): Promise<{ readonly more: boolean }> {
  const { guildId, sourceId } = source;
  const { records } = deps;
  const record = await records.source(guildId, sourceId);
  if (all || record === null) {
    // It may have been defined anew: then its keeper goes on.
    if (record !== null) return { more: false };
    return { more: await eraseFirst(deps, await listed(deps, source, () => true), attempt) };
  }
  const before = attempt.now - record.settings.keepDeliveriesMs;
  const expired = await records.expired(guildId, sourceId, before, BATCH);
  await eraseKeys(deps, expired.flatMap(keysOf), attempt);
  await records.erased(guildId, sourceId, expired);
  if (expired.length === BATCH) return { more: true };
  const forgotten = await records.forget(guildId, sourceId, before - RECORDS_KEPT_MS, BATCH);
  await records.forgetEndings(attempt.now - DAY);
  // What was kept and never recorded, because its workflow never began.
  const lost = await listed(deps, source, (day) => day + 2 * DAY < before);
  return { more: (await eraseFirst(deps, lost, attempt)) || forgotten === BATCH };
}

/** @param isWanted is given the beginning of the day on which a delivery came */
async function listed(
  { storage }: SubscriptionDependencies,
  { guildId, sourceId }: Request['source'],
  isWanted: (day: number) => boolean,
): Promise<readonly string[]> {
  const keys = await inStorage(() => storage.list(deliveriesPrefix(guildId, sourceId)));
  return keys.filter((key) => {
    const day = dayOfDelivery(key);
    return day !== null && isWanted(day);
  });
}

/** @returns whether there are more than one call erases */
async function eraseFirst(
  deps: SubscriptionDependencies,
  keys: readonly string[],
  attempt: Attempt,
): Promise<boolean> {
  await eraseKeys(deps, keys.slice(0, BATCH), attempt);
  return keys.length > BATCH;
}

async function eraseKeys(
  { storage }: SubscriptionDependencies,
  keys: readonly string[],
  { signal }: Attempt,
): Promise<void> {
  for (const key of keys) {
    signal.throwIfAborted();
    await inStorage(() => storage.delete(key));
  }
}
