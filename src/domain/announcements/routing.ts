import { dueAt } from './due';
import { mayPass, passes } from './filter';
import type { Item, Push } from './item';
import type { Routed } from './planning';
import type { Route } from './settings';

export interface Routing {
  readonly routed: readonly Routed[];
  /** Why nothing is routed: a sentence for the administrator; `null`: something is. */
  readonly reason: string | null;
}

/**
 * Where the items of a delivery go. Of several routes to one channel the first that lets an item through counts.
 *
 * @param now milliseconds since the epoch
 */
export function routingOf(routes: readonly Route[], items: readonly Item[], now: number): Routing {
  const reasons = new Set<string>();
  const routed = items.flatMap((item) => {
    const taken = new Set<string>();
    return routes.flatMap((route) => {
      if (taken.has(route.channelId)) return [];
      const passage = passes(route.filter, item);
      if (!passage.passes) {
        reasons.add(passage.reason);
        return [];
      }
      taken.add(route.channelId);
      return [{ route, item, dueAt: dueAt(route, now) }];
    });
  });
  if (routed.length > 0) return { routed, reason: null };
  const [first = 'The source has no route into a channel.', ...others] = reasons;
  return {
    routed,
    reason: others.length === 0 ? first : `${first} Other routes held it back as well.`,
  };
}

/** Whether it could come to post a push once more of its commits are known. */
export const mayRoute = (routes: readonly Route[], push: Push): boolean =>
  routes.some(({ filter }) => mayPass(filter, push));
