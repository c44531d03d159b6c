import type { Fate, SourceRecord } from '../../src/db/announcements';
import type { Delivery } from '../../src/domain/announcements/delivery';
import type { Item } from '../../src/domain/announcements/item';
import type { LeftOut } from '../../src/domain/announcements/left-out';
import { MappingError } from '../../src/domain/announcements/mapping';
import { mayRoute } from '../../src/domain/announcements/routing';
import { isOld } from '../../src/domain/announcements/subscription/news';
import { unpackDelivery, type KeptDelivery } from '../../src/storage/deliveries';
import { boundSource } from '../../src/web/sources/bound';
import { requestOf } from '../../src/web/sources/kept';
import { inStorage } from '../in-storage';
import type { AnnouncementDependencies } from './dependencies';

/** What was delivered, as it can be routed. */
export interface ReadDelivery {
  readonly items: readonly Item[];
  /** What it leaves out of those that could be routed. */
  readonly leftOut: readonly LeftOut[];
  /** What came of it where nothing is routed. */
  readonly fate: Fate;
  readonly reason: string | null;
}

/** Reads what is kept of a delivery. @throws EffectFailed while the storage is away */
export async function readDelivery(
  { storage }: Pick<AnnouncementDependencies, 'storage'>,
  source: SourceRecord,
  storageKey: string,
): Promise<ReadDelivery> {
  const stored = await inStorage(() => storage.get(storageKey));
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
    return readAs(parse(requestOf(kept)), source, (item) => isNews(item, kept, source));
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

function readAs(
  delivery: Delivery,
  { settings: { routes } }: SourceRecord,
  isToTell: (item: Item) => boolean,
): ReadDelivery {
  switch (delivery.result) {
    case 'items': {
      const items = delivery.items.filter(isToTell);
      if (items.length === 0) return nothing('known', 'All that it tells was known before.');
      const wanted = new Set(
        items.flatMap((item) =>
          item.kind === 'push' && mayRoute(routes, item) ? [item.identity] : [],
        ),
      );
      const leftOut = (delivery.leftOut ?? []).filter(({ identity }) => wanted.has(identity));
      return { items, leftOut, fate: 'filtered', reason: null };
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

const nothing = (fate: Fate, reason: string): ReadDelivery => ({
  items: [],
  leftOut: [],
  ...{ fate, reason },
});
