import type { AnnouncementActivities } from '../../workflows/announcement/activities';
import { Few } from '../../src/timing/few';
import { attempt } from '../attempt';
import { EffectFailed } from '../failure';
import type { AnnouncementDependencies } from './dependencies';
import { fetchLeftOut } from './fetch-left-out';
import { publishPost } from './publish-post';
import { showPost } from './show-post';
import { takeDelivery } from './take-delivery';

export type { AnnouncementDependencies } from './dependencies';

/**
 * Of the 32 activities that a worker runs at a time: services that are slow must leave room for those that post.
 * What waited for its turn would take a place as well; so it is tried later.
 */
const MOST_ASKED = 6;

/** The activities of announcements over real parts. */
export function createAnnouncementActivities(
  deps: AnnouncementDependencies,
): AnnouncementActivities {
  const { log, records } = deps;
  const few = new Few(
    MOST_ASKED,
    () => new EffectFailed('service-unavailable', 'Enough other services are asked at this time'),
  );
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
