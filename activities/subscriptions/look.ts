import {
  TROUBLES,
  type KeptSource,
  type Look,
} from '../../src/domain/announcements/subscription/subscription';
import type { SourceRecord } from '../../src/db/announcements';
import type { SubscriptionInput } from '../../workflows/subscription/contract';
import type { SubscriptionDependencies } from './dependencies';
import { digest, feedOf, hubOf, placeOf } from './places';

/** What the records say of a source, without what may not be read in a history. */
export async function lookAtSource(
  deps: SubscriptionDependencies,
  source: SubscriptionInput,
): Promise<Look> {
  const record = await deps.records.source(source.guildId, source.sourceId);
  if (record === null) return { source: null, lastDeliveryAt: null, told: [] };
  const { deliveries } = await deps.records.deliveries(source, { after: null, limit: 1 });
  return {
    source: keptOf(record, deps),
    lastDeliveryAt: deliveries[0]?.receivedAt ?? null,
    told: TROUBLES.filter((trouble) => record.told.includes(trouble)),
  };
}

function keptOf(record: SourceRecord, deps: SubscriptionDependencies): KeptSource {
  const { settings, createdAt, secrets } = record;
  const feed = feedOf(settings, deps);
  const hub = hubOf(record, deps);
  return {
    createdAt,
    polled:
      feed === null
        ? null
        : {
            id: digest(feed.address),
            everyMs: feed.everyMs,
            everyMsWithHub: feed.everyMsWithHub,
          },
    hub: hub === null || hub === 'found' ? hub : placeOf(hub, deps),
    secretMadeAt: secrets[0]?.madeAt ?? null,
    silentAfterMs: settings.silentAfterMs,
  };
}
