import type { SourceSettings } from '../../src/domain/announcements/settings';
import { boundSource } from '../../src/web/sources/bound';
import type { AnnouncementInput } from '../../workflows/announcement/contract';
import type { Attempt } from '../attempt';
import { askForCommits } from './ask-for-commits';
import { Asking } from './ask-for-page';
import type { AnnouncementDependencies } from './dependencies';
import { foundOf, keepFound } from './found-commits';
import { readDelivery } from './read-delivery';

/**
 * Asks the service for the commits that its delivery leaves out, and keeps them beside the delivery. What is
 * private, or not to be found, stays left out. What a try that died has kept is not asked for again.
 *
 * @returns how many commits are kept now
 * @throws ApplicationFailure or EffectFailed where a later try may find more
 */
export async function fetchLeftOut(
  deps: AnnouncementDependencies,
  { guildId, sourceId, storageKey }: AnnouncementInput,
  attempt: Attempt,
): Promise<{ readonly commits: number }> {
  const source = await deps.records.source(guildId, sourceId);
  const api = source === null ? null : boundSource(guildId, source.settings).commits;
  if (source === null || api === null) return { commits: 0 };
  const { leftOut } = await readDelivery(deps, source, storageKey);
  const found = new Map(await foundOf(deps, storageKey));
  const asking = new Asking(attempt, allowsInternal(source.settings));
  for (const push of leftOut) {
    if (found.has(push.identity)) continue;
    const more = await askForCommits(push, api, asking);
    if (more === null) continue;
    found.set(push.identity, more);
    // At once: the next push may fail.
    await keepFound(deps, storageKey, [...found.values()]);
  }
  return { commits: [...found.values()].reduce((sum, { commits }) => sum + commits.length, 0) };
}

const allowsInternal = ({ origin }: SourceSettings): boolean =>
  'allowInternal' in origin && origin.allowInternal;
