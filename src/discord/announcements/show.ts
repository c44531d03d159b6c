import type { DeliveryRecord, SourceRecord } from '../../db/announcements';
import type { Call } from '../interactions/call';
import type { Answer } from '../views/answer';
import { deliveryCard } from '../views/delivery-card';
import { DELIVERIES_PAGE, deliveriesAnswer } from '../views/delivery-list';
import { sourceCard } from '../views/source-card';
import { SOURCES_PAGE, sourcesAnswer } from '../views/source-list';
import { sourceSetupAnswer } from '../views/source-setup-answer';
import { sourceAddress } from './address';
import { deliveryName, nextPage, upTo, type DeliveryName } from './delivery-place';
import { noSource, sourceNamed } from './find';
import type { DeliveriesFrom } from './ids';

/**
 * The guild's sources.
 *
 * @param page counted from 0; one that is not there (any more) is the last one
 * @throws DatabaseUnavailable
 */
export async function showSources(call: Call, page: number): Promise<Answer> {
  const all = await call.parts.announcements.sources(call.guildId);
  const pages = Math.max(1, Math.ceil(all.length / SOURCES_PAGE));
  const shownPage = Math.min(page, pages - 1);
  const shown = all.slice(shownPage * SOURCES_PAGE, (shownPage + 1) * SOURCES_PAGE);
  const sources = await Promise.all(
    shown.map(async (source) => ({ source, last: await lastDelivery(call, source) })),
  );
  return sourcesAnswer({ sources, page: shownPage, pages, count: all.length });
}

async function lastDelivery(call: Call, source: SourceRecord): Promise<DeliveryRecord | null> {
  const of = { guildId: call.guildId, sourceId: source.settings.id };
  const { deliveries } = await call.parts.announcements.deliveries(of, { after: null, limit: 1 });
  return deliveries[0] ?? null;
}

/** One source with all that can be done with it. @throws DatabaseUnavailable */
export async function showSource(call: Call, word: string): Promise<Answer> {
  const source = await sourceNamed(call, word);
  if (source === null) return noSource(word);
  return sourceCard({
    source,
    last: await lastDelivery(call, source),
    address: sourceAddress(call.parts.publicUrl, call.guildId, source.settings),
    now: Date.now(),
  });
}

/** A page of what a source delivered. @throws DatabaseUnavailable */
export async function showDeliveries(
  call: Call,
  id: string,
  from: DeliveriesFrom,
): Promise<Answer> {
  const { announcements } = call.parts;
  if ((await sourceNamed(call, id)) === null) return noSource(id);
  const page = await announcements.deliveries(
    { guildId: call.guildId, sourceId: id },
    {
      after: from.at === null ? null : upTo(from.at),
      limit: DELIVERIES_PAGE + from.skip,
    },
  );
  const deliveries = page.deliveries.slice(from.skip);
  const next = nextPage(from, { deliveries, next: page.next });
  return deliveriesAnswer({ id, deliveries, from, next });
}

/** As many may have come in one millisecond; they are looked through to find one of them. */
const MOST_AT_ONCE = 1_000;

/** @throws DatabaseUnavailable */
export async function deliveryNamed(
  call: Call,
  id: string,
  { at, digest }: DeliveryName,
): Promise<DeliveryRecord | null> {
  const of = { guildId: call.guildId, sourceId: id };
  let after = upTo(at);
  for (let looked = 0; looked < MOST_AT_ONCE; looked += DELIVERIES_PAGE) {
    const page = await call.parts.announcements.deliveries(of, { after, limit: DELIVERIES_PAGE });
    const same = page.deliveries.filter(({ receivedAt }) => receivedAt === at);
    const found = same.find((delivery) => deliveryName(delivery).digest === digest);
    if (found !== undefined) return found;
    const last = same.at(-1);
    if (last === undefined || same.length < page.deliveries.length || page.next === null) break;
    after = page.next;
  }
  return null;
}

/** One delivery with what became of it. @throws DatabaseUnavailable */
export async function showDelivery(
  call: Call,
  id: string,
  name: DeliveryName | null,
): Promise<Answer> {
  const delivery = name === null ? null : await deliveryNamed(call, id, name);
  return delivery === null ? NO_DELIVERY : deliveryCard(delivery);
}

/** What somebody reads who picked a delivery that is forgotten. */
export const NO_DELIVERY = sourceSetupAnswer({ outcome: 'unknown-delivery' });
