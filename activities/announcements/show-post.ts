import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import type { PostRecord } from '../../src/db/announcements';
import type {
  AnnouncementActivities,
  NotShown,
  ShowOutcome,
} from '../../workflows/announcement/activities';
import type { Attempt } from '../attempt';
import { discordCode, isGone, isLasting } from '../discord/codes';
import type { AnnouncementDependencies } from './dependencies';
import { createPost, type Shown } from './create-post';
import { messageOf } from './message';
import { refusalOf } from './refusal';
import { refusalOver, tellRefusal } from './tell-refusal';

const DELETED: NotShown = {
  outcome: 'gone',
  reason: 'Its post was deleted in Discord, and is not posted again by itself.',
};
const TOO_LATE: NotShown = {
  outcome: 'gone',
  reason: 'Its source deleted it before it was due.',
};

/**
 * Posts what is planned, or makes the message agree with it, until nothing is left to be shown: others may
 * change it meanwhile.
 */
export async function showPost(
  deps: AnnouncementDependencies,
  { key }: Parameters<AnnouncementActivities['showPost']>[0],
  attempt: Attempt,
): Promise<ShowOutcome> {
  for (;;) {
    const post = await deps.records.takePost(key);
    if (post === null || post.contents.length === 0) return DELETED;
    if (post.status === 'gone') return DELETED;
    if (post.messageId !== null && post.shownVersion >= post.version) return shown(post);
    try {
      const outcome = await showOnce(deps, post, attempt);
      if ('outcome' in outcome) {
        await deps.records.postEnded(key, 'gone', outcome.reason);
        return outcome;
      }
      const more = await deps.records.postShown(key, { ...outcome, version: post.version });
      if (!more) return shown(post);
    } catch (error) {
      if (!isLasting(error)) throw error;
      const reason = refusalOf(error, post.route);
      await tellRefusal(deps, post, reason, attempt);
      if (post.messageId === null) await deps.records.postEnded(key, 'failed', reason);
      return { outcome: 'forbidden', reason };
    }
  }
}

const shown = ({ route, publishedAt }: PostRecord): ShowOutcome => ({
  outcome: 'shown',
  publish: route.publish && route.channelKind === 'announcement' && publishedAt === null,
});

async function showOnce(
  deps: AnnouncementDependencies,
  post: PostRecord,
  attempt: Attempt,
): Promise<Shown | NotShown> {
  if (post.messageId === null) {
    if (post.contents.every(({ deleted }) => deleted)) return TOO_LATE;
    const created = await createPost(deps, post, attempt);
    await refusalOver(deps, post);
    return created;
  }
  const { messageId, threadId } = post;
  // A forum's post is the first message of its thread.
  const channelId =
    post.route.channelKind === 'forum' ? (threadId ?? messageId) : post.route.channelId;
  const { body } = await messageOf(deps, post, attempt);
  const edit = (): Promise<unknown> =>
    deps.discord.channels.editMessage(channelId, messageId, body, { signal: attempt.signal });
  try {
    try {
      await edit();
    } catch (error) {
      if (discordCode(error) !== RESTJSONErrorCodes.InvalidActionOnArchivedThread) throw error;
      await deps.discord.channels.edit(channelId, { archived: false }, { signal: attempt.signal });
      await edit();
    }
  } catch (error) {
    if (!isGone(error)) throw error;
    return DELETED;
  }
  return { messageId, threadId };
}
