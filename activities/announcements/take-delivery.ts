import type { SourceRecord } from '../../src/db/announcements';
import type { Fate } from '../../src/db/announcements';
import type { Delivery } from '../../src/domain/announcements/delivery';
import type { Item } from '../../src/domain/announcements/item';
import { MappingError } from '../../src/domain/announcements/mapping';
import { routingOf } from '../../src/domain/announcements/routing';
import { isOld } from '../../src/domain/announcements/subscription/news';
import { unpackDelivery, type KeptDelivery } from '../../src/storage/deliveries';
import { boundSource } from '../../src/web/sources/bound';
import { requestOf } from '../../src/web/sources/kept';
import type { Taken } from '../../workflows/announcement/activities';
import type { AnnouncementInput } from '../../workflows/announcement/contract';
import { EffectFailed } from '../failure';
import type { AnnouncementDependencies } from './dependencies';

/** Reads what was delivered, finds the channels for it, and records what is to be posted. */
export async function takeDelivery(
  deps: AnnouncementDependencies,
  input: AnnouncementInput,
  now: number,
): Promise<Taken> {
  const { records, storage } = deps;
  const { guildId, sourceId, deliveryId, storageKey, bytes, receivedAt, again } = input;
  const source = await records.source(guildId, sourceId);
  if (source === null) {
    await storage.delete(storageKey);
    return { posts: [], verdict: 'The source was removed meanwhile; nothing is posted.' };
  }
  const read = await readKept(deps, source, storageKey);
  const { routed, fate, reason } = routeOf(read, source, now);
  const delivery = {
    ...{ guildId, sourceId, id: deliveryId, receivedAt, storageKey, bytes },
    ...{ fate, reason, items: read.items.length },
  };
  const plan = await records.plan(delivery, routed, now, again);
  if (plan === null) {
    await storage.delete(storageKey);
    return { posts: [], verdict: 'The source was removed meanwhile; nothing is posted.' };
  }
  const { posts, joined } = plan;
  return {
    posts,
    verdict: verdictOf({ posts: posts.length, joined, routed: routed.length, reason }),
  };
}

/** What was delivered, as it can be routed. */
interface ReadDelivery {
  readonly items: readonly Item[];
  /** What came of it where nothing is routed. */
  readonly fate: Fate;
  readonly reason: string | null;
}

async function readKept(
  { storage }: AnnouncementDependencies,
  source: SourceRecord,
  storageKey: string,
): Promise<ReadDelivery> {
  const stored = await storage.get(storageKey).catch((cause: unknown) => {
    throw new EffectFailed('storage-unavailable', 'The storage cannot be read', { cause });
  });
  if (stored === null) {
    return nothing(
      'failed',
      'What was delivered is not kept any more. Let the service send it again.',
    );
  }
  const kept = unpacked(stored);
  if (kept === null) return nothing('failed', 'What was kept of it cannot be read.');
  try {
    const { parse } = boundSource(source.guildId, source.settings);
    return readAs(parse(requestOf(kept)), (item) => isNews(item, kept, source));
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    return nothing('failed', `The mapping of the source cannot be used: ${error.message}`);
  }
}

function unpacked(stored: Buffer): KeptDelivery | null {
  try {
    return unpackDelivery(stored);
  } catch {
    // Another program wrote there, or another version: trying again changes nothing.
    return null;
  }
}

/** What a feed had before the source was defined is no news, whoever sends it: hubs send what was edited, too. */
function isNews(
  item: Item,
  { news }: KeptDelivery,
  { settings, createdAt }: SourceRecord,
): boolean {
  const { provider } = settings.origin;
  if ((provider === 'youtube' || provider === 'feed') && isOld(item, createdAt)) return false;
  return news === null || news.includes(item.identity);
}

function readAs(delivery: Delivery, isToTell: (item: Item) => boolean): ReadDelivery {
  switch (delivery.result) {
    case 'items': {
      const items = delivery.items.filter(isToTell);
      if (items.length > 0) return { items, fate: 'filtered', reason: null };
      return nothing('known', 'All that it tells was known before.');
    }
    case 'ignored':
      return nothing('ignored', delivery.reason);
    case 'malformed':
      return nothing('malformed', delivery.problem);
    case 'challenge':
    case 'revocation':
      return nothing('ignored', 'It is about the subscription, and tells no news.');
  }
}

const nothing = (fate: Fate, reason: string): ReadDelivery => ({ items: [], fate, reason });

function routeOf({ items, fate, reason }: ReadDelivery, { settings }: SourceRecord, now: number) {
  if (items.length === 0) return { routed: [], fate, reason };
  const routing = routingOf(settings.routes, items, now);
  return { routed: routing.routed, fate, reason: routing.reason };
}

function verdictOf({
  posts,
  joined,
  routed,
  reason,
}: {
  readonly posts: number;
  readonly joined: boolean;
  readonly routed: number;
  readonly reason: string | null;
}): string {
  if (routed === 0) return `**Nothing is posted.** ${reason ?? ''}`;
  if (posts > 0) return `**${posts === 1 ? '1 post' : `${posts} posts`}** to make or to change.`;
  return joined
    ? '**It joins** what other deliveries of the source post.'
    : '**Nothing is posted.** It was posted before, and nothing is different.';
}
