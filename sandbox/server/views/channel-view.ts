import { ChannelKind } from '../../world/kinds';
import type { ChannelRow, JsonObject, User } from '../../world/model';

/** Whether the channel is a thread of any kind. */
export function isThread(channel: ChannelRow): boolean {
  return channel.thread !== null;
}

/** API: Channel of a guild or Thread. Direct messages have `directChannelView`. */
export function channelView(channel: ChannelRow): JsonObject {
  if (channel.thread !== null) return threadView(channel, channel.thread);
  const view: JsonObject = {
    id: channel.id,
    type: channel.type,
    flags: channel.flags,
    guild_id: channel.guildId,
    name: channel.name,
    parent_id: channel.parentId,
    position: channel.position,
    permission_overwrites: channel.permission_overwrites,
    nsfw: channel.nsfw,
    rate_limit_per_user: channel.slowmode,
  };
  switch (channel.type) {
    case ChannelKind.GuildCategory:
      delete view['rate_limit_per_user'];
      delete view['nsfw'];
      break;
    case ChannelKind.GuildVoice:
    case ChannelKind.GuildStageVoice:
      view['last_message_id'] = channel.lastMessageId;
      view['bitrate'] = channel.bitrate ?? 64_000;
      view['user_limit'] = channel.userLimit ?? 0;
      view['rtc_region'] = null;
      break;
    default:
      view['topic'] = channel.topic;
      view['last_message_id'] = channel.lastMessageId;
      if (channel.lastPinTimestamp !== null) view['last_pin_timestamp'] = channel.lastPinTimestamp;
      if (channel.defaultAutoArchive !== null) {
        view['default_auto_archive_duration'] = channel.defaultAutoArchive;
      }
      if (channel.type === ChannelKind.GuildForum || channel.type === ChannelKind.GuildMedia) {
        view['available_tags'] = channel.availableTags;
        view['default_reaction_emoji'] = null;
        view['default_sort_order'] = null;
        if (channel.type === ChannelKind.GuildForum) view['default_forum_layout'] = 0;
      }
  }
  return view;
}

function threadView(channel: ChannelRow, thread: NonNullable<ChannelRow['thread']>): JsonObject {
  return {
    id: channel.id,
    type: channel.type,
    flags: channel.flags,
    guild_id: channel.guildId,
    name: channel.name,
    parent_id: channel.parentId,
    rate_limit_per_user: channel.slowmode,
    last_message_id: channel.lastMessageId,
    owner_id: thread.ownerId,
    thread_metadata: thread.metadata,
    message_count: thread.messageCount,
    total_message_sent: thread.totalMessages,
    member_count: Math.min(50, Object.keys(thread.members).length),
    ...(thread.appliedTags.length > 0 ? { applied_tags: thread.appliedTags } : {}),
  };
}

/** API: Thread Member. */
export function threadMemberView(channel: ChannelRow, userId: string): JsonObject | undefined {
  const member = channel.thread?.members[userId];
  if (member === undefined) return undefined;
  return {
    id: channel.id,
    user_id: userId,
    join_timestamp: member.joinedAt,
    flags: member.flags,
  };
}

/** API: DM channel, as one of the two sees it: `other` is whom it leads to. */
export function directChannelView(channel: ChannelRow, other: User): JsonObject {
  return {
    id: channel.id,
    type: ChannelKind.DM,
    flags: channel.flags,
    last_message_id: channel.lastMessageId,
    recipients: [other],
  };
}
