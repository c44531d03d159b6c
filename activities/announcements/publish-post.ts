import { RateLimitError } from '@discordjs/rest';
import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import type {
  AnnouncementActivities,
  PublishOutcome,
} from '../../workflows/announcement/activities';
import type { Attempt } from '../attempt';
import { discordCode, isGone, isLasting } from '../discord/codes';
import type { AnnouncementDependencies } from './dependencies';

/** Publishes a post to the channels that follow its own, when Discord's limit has room. */
export async function publishPost(
  { records, discord, log }: AnnouncementDependencies,
  { key }: Parameters<AnnouncementActivities['publishPost']>[0],
  attempt: Attempt,
): Promise<PublishOutcome> {
  const post = await records.takePost(key);
  if (post?.messageId == null) {
    return { outcome: 'gone', reason: 'Its post was deleted in Discord, and is not published.' };
  }
  if (post.publishedAt !== null) return { outcome: 'published' };
  const { messageId, route } = post;
  const notBefore = await records.takePublication(route.channelId, messageId, attempt.now);
  if (notBefore !== null) return { outcome: 'later', notBefore };
  try {
    await discord.channels.crosspostMessage(route.channelId, messageId, {
      signal: attempt.signal,
    });
  } catch (error) {
    // People publish in the same channel, and share the limit.
    if (error instanceof RateLimitError) {
      return { outcome: 'later', notBefore: attempt.now + Math.max(error.timeToReset, 1_000) };
    }
    if (isGone(error)) {
      return {
        outcome: 'gone',
        reason: 'Its post was deleted in Discord before it was published.',
      };
    }
    const isPublished = discordCode(error) === RESTJSONErrorCodes.ThisMessageWasAlreadyCrossposted;
    if (!isPublished && !isLasting(error)) throw error;
    if (!isPublished) {
      log.warn(
        { channel: route.channelId, reason: discordCode(error) },
        'a post cannot be published',
      );
      return {
        outcome: 'forbidden',
        reason: `It is posted, but Castellan may not publish in <#${route.channelId}>. Allow its role Send Messages there, and publish the post by hand.`,
      };
    }
  }
  await records.postPublished(key, attempt.now);
  return { outcome: 'published' };
}
