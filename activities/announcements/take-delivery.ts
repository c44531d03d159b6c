import type { SourceRecord } from '../../src/db/announcements';
import { withFound } from '../../src/domain/announcements/left-out';
import { routingOf } from '../../src/domain/announcements/routing';
import { keysOf } from '../../src/storage/deliveries';
import type { Taken } from '../../workflows/announcement/activities';
import type { AnnouncementInput } from '../../workflows/announcement/contract';
import { inStorage } from '../in-storage';
import type { AnnouncementDependencies } from './dependencies';
import { foundOf } from './found-commits';
import { readDelivery, type ReadDelivery } from './read-delivery';

/**
 * Reads what was delivered, finds the channels for it, and records what is to be posted; or nothing yet, where
 * commits are left out of it that its service was not asked for.
 */
export async function takeDelivery(
  deps: AnnouncementDependencies,
  input: AnnouncementInput,
  now: number,
  wasAsked: boolean,
): Promise<Taken> {
  const { records } = deps;
  const { guildId, sourceId, deliveryId, storageKey, bytes, receivedAt, again } = input;
  const source = await records.source(guildId, sourceId);
  if (source === null) return removed(deps, storageKey);
  const read = await readWhole(deps, source, storageKey, wasAsked);
  if (read === null) {
    return {
      posts: [],
      verdict: 'It leaves out commits; its service is asked for them, for a minute at most.',
      leftOut: true,
    };
  }
  const { routed, fate, reason } = routeOf(read, source, now);
  const delivery = {
    ...{ guildId, sourceId, id: deliveryId, receivedAt, storageKey, bytes },
    ...{ fate, reason, items: read.items.length },
  };
  const plan = await records.plan(delivery, routed, now, again);
  if (plan === null) return removed(deps, storageKey);
  const { posts, joined } = plan;
  return {
    posts,
    verdict: verdictOf({ posts: posts.length, joined, routed: routed.length, reason }),
  };
}

async function removed({ storage }: AnnouncementDependencies, storageKey: string): Promise<Taken> {
  for (const key of keysOf(storageKey)) await inStorage(() => storage.delete(key));
  return { posts: [], verdict: 'The source was removed meanwhile; nothing is posted.' };
}

/** @returns `null`: its service is to be asked first for what it leaves out */
async function readWhole(
  deps: AnnouncementDependencies,
  source: SourceRecord,
  storageKey: string,
  wasAsked: boolean,
): Promise<ReadDelivery | null> {
  const read = await readDelivery(deps, source, storageKey);
  if (read.leftOut.length === 0) return read;
  const found = await foundOf(deps, storageKey);
  if (!wasAsked && read.leftOut.some(({ identity }) => !found.has(identity))) return null;
  const items = read.items.map((item) => {
    const more = item.kind === 'push' ? found.get(item.identity) : undefined;
    return item.kind !== 'push' || more === undefined ? item : withFound(item, more);
  });
  return { ...read, items };
}

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
