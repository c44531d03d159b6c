import { inline, noMentions } from '../../src/domain/text';
import type { PostRecord } from '../../src/db/announcements';
import type { Attempt } from '../attempt';
import { isLasting } from '../discord/codes';
import { postOnce } from '../discord/post-once';
import type { AnnouncementDependencies } from './dependencies';

type Place = Pick<PostRecord, 'guildId' | 'sourceId' | 'route'>;

const troubleOf = ({ route }: Place): string => `channel:${route.channelId}`;

/** Tells administrators once that a channel takes no posts. Where nobody can be told, it is in the log. */
export async function tellRefusal(
  { records, discord, botId, log }: AnnouncementDependencies,
  post: Place & Pick<PostRecord, 'key' | 'plannedAt'>,
  reason: string,
  attempt: Attempt,
): Promise<void> {
  const { guildId, sourceId } = post;
  const trouble = troubleOf(post);
  const source = await records.source(guildId, sourceId);
  // An earlier try may have recorded that it is told.
  if (source === null || source.told.includes(trouble)) return;
  log.warn({ guild: guildId, source: sourceId, reason }, 'an announcement cannot be posted');
  const { staffChannelId } = source.settings;
  if (staffChannelId !== null) {
    const name = inline(sourceId, { max: 40, empty: '…' });
    const body = {
      content: `⚠️ The source ${name}: ${reason} \`/announce list\` shows its last deliveries, with a button to deliver again.`,
      allowed_mentions: noMentions,
    };
    const message = {
      ...{ channelId: staffChannelId, body, since: post.plannedAt },
      key: `announcement-post-${post.key}.refused`,
    };
    try {
      await postOnce(discord, await botId(), message, attempt);
    } catch (error) {
      if (!isLasting(error)) throw error;
      log.warn({ channel: staffChannelId, reason: error.code }, 'administrators cannot be told');
    }
  }
  await records.told(guildId, sourceId, trouble);
}

/** The next time it is told again. */
export async function refusalOver(
  { records }: AnnouncementDependencies,
  post: Place,
): Promise<void> {
  await records.over(post.guildId, post.sourceId, troubleOf(post));
}
