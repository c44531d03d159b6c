import type { AnnouncementActivities } from '../../workflows/announcement/activities';
import { attempt } from '../attempt';
import { EffectFailed } from '../failure';
import type { AnnouncementDependencies } from './dependencies';
import { fetchLeftOut } from './fetch-left-out';
import { publishPost } from './publish-post';
import { showPost } from './show-post';
import { takeDelivery } from './take-delivery';

export type { AnnouncementDependencies } from './dependencies';

/**
 * A worker runs 32 activities at a time. Services that are slow to answer, or do not, must leave room for those
 * that post.
 */
class Few {
  static readonly MOST = 6;
  #running = 0;

  /** @throws EffectFailed where enough are under way: waiting here would take the room as well */
  async run<T>(ask: () => Promise<T>): Promise<T> {
    if (this.#running >= Few.MOST) {
      throw new EffectFailed('service-unavailable', 'Enough other services are asked at this time');
    }
    this.#running += 1;
    try {
      return await ask();
    } finally {
      this.#running -= 1;
    }
  }
}

/** The activities of announcements over real parts. */
export function createAnnouncementActivities(
  deps: AnnouncementDependencies,
): AnnouncementActivities {
  const { log, records } = deps;
  const few = new Few();
  return {
    takeDelivery: (input, now, wasAsked = false) =>
      attempt(log, () => takeDelivery(deps, input, now, wasAsked)),
    fetchLeftOut: (input) => attempt(log, (run) => few.run(() => fetchLeftOut(deps, input, run))),
    showPost: (request) => attempt(log, (run) => showPost(deps, request, run)),
    publishPost: (request) => attempt(log, (run) => publishPost(deps, request, run)),
    settleDelivery: ({ input: { guildId, sourceId, deliveryId }, came }) =>
      attempt(log, () =>
        records.setFate(
          { guildId, sourceId, id: deliveryId },
          came.fate,
          came.fate === 'posted' ? null : came.reason,
        ),
      ),
  };
}
