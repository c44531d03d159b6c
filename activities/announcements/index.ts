import type { AnnouncementActivities } from '../../workflows/announcement/activities';
import { attempt } from '../attempt';
import type { AnnouncementDependencies } from './dependencies';
import { publishPost } from './publish-post';
import { showPost } from './show-post';
import { takeDelivery } from './take-delivery';

export type { AnnouncementDependencies } from './dependencies';

/** The activities of announcements over real parts. */
export function createAnnouncementActivities(
  deps: AnnouncementDependencies,
): AnnouncementActivities {
  const { log, records } = deps;
  return {
    takeDelivery: (input, now) => attempt(log, () => takeDelivery(deps, input, now)),
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
