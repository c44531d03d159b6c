import { ChannelType, RESTJSONErrorCodes } from 'discord-api-types/v10';
import { DiscordSnowflake } from '@sapphire/snowflake';
import type { PostRecord } from '../../src/db/announcements';
import type { Attempt } from '../attempt';
import { discordCode, isGone, isLasting } from '../discord/codes';
import { postOnce } from '../discord/post-once';
import type { AnnouncementDependencies } from './dependencies';
import { messageOf, type PostMessage } from './message';

/** Where a post is. */
export interface Shown {
  readonly messageId: string;
  /** Of a forum's post, or of the thread that was begun at it. */
  readonly threadId: string | null;
}

/** Clocks of Discord's machines, by which its ids are made, and ours differ by less. */
const CLOCKS_MS = 60_000;

/** Posts for the first time; of several tries exactly one is seen. */
export async function createPost(
  deps: AnnouncementDependencies,
  post: PostRecord,
  attempt: Attempt,
): Promise<Shown> {
  const message = await messageOf(deps, post, attempt);
  if (post.route.channelKind === 'forum') return createForumPost(deps, post, message, attempt);
  const { channelId } = post.route;
  const { id: messageId } = await postOnce(
    deps.discord,
    await deps.botId(),
    {
      ...{ channelId, body: message.body, key: `announcement-post-${post.key}` },
      since: post.plannedAt - CLOCKS_MS,
      // News of two kinds may read the same, such as two builds that failed.
      others: (ids) => deps.records.shownMessages(channelId, ids),
    },
    triedBefore(post) ? { ...attempt, number: attempt.number + 1 } : attempt,
  );
  const threadId = post.route.thread
    ? await beginThread(deps, post, messageId, message.threadName, attempt)
    : null;
  return { messageId, threadId };
}

/** Something joined it: whoever showed it then may have stopped between the post and its record. */
const triedBefore = ({ version }: PostRecord): boolean => version > 1;

/** Threads have no nonce: a later try looks for the one that an earlier try made. */
async function createForumPost(
  deps: AnnouncementDependencies,
  post: PostRecord,
  { body, threadName }: PostMessage,
  attempt: Attempt,
): Promise<Shown> {
  const { channelId, tagIds } = post.route;
  const earlier =
    attempt.number > 1 || triedBefore(post)
      ? await findForumPost(deps, post, threadName, attempt)
      : undefined;
  const id =
    earlier ??
    (
      await deps.discord.channels.createForumThread(
        channelId,
        { name: threadName, message: body, applied_tags: [...tagIds] },
        { signal: attempt.signal },
      )
    ).id;
  return { messageId: id, threadId: id };
}

async function findForumPost(
  { discord, botId, records }: AnnouncementDependencies,
  { guildId, route: { channelId }, plannedAt }: PostRecord,
  name: string,
  { signal }: Attempt,
): Promise<string | undefined> {
  const [own, { threads }] = await Promise.all([
    botId(),
    discord.guilds.getActiveThreads(guildId, { signal }),
  ]);
  const alike = threads.filter(
    (thread) =>
      thread.type === ChannelType.PublicThread &&
      thread.parent_id === channelId &&
      thread.owner_id === own &&
      thread.name === name &&
      DiscordSnowflake.timestampFrom(thread.id) >= plannedAt - CLOCKS_MS,
  );
  const others = await records.shownMessages(
    channelId,
    alike.map(({ id }) => id),
  );
  return alike.find(({ id }) => !others.has(id))?.id;
}

/** A thread is for talk about the post, which stands without it as well. */
async function beginThread(
  { discord, log }: AnnouncementDependencies,
  { guildId, route: { channelId } }: PostRecord,
  messageId: string,
  name: string,
  { signal }: Attempt,
): Promise<string | null> {
  try {
    const thread = await discord.channels.createThread(channelId, { name }, messageId, { signal });
    return thread.id;
  } catch (error) {
    // It has the message's id: an earlier try began it.
    if (discordCode(error) === RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage) return messageId;
    if (!isLasting(error) && !isGone(error)) throw error;
    log.warn(
      { guild: guildId, channel: channelId, reason: discordCode(error) },
      'no thread can be begun',
    );
    return null;
  }
}
