import { ChannelType } from 'discord-api-types/v10';
import { channelName } from '../channel-names';
import type { Field } from './form';
import { checkForm } from './form';

/** The kinds of channel that can be created in a guild. */
export const GUILD_CHANNEL_TYPES = [
  ChannelType.GuildText,
  ChannelType.GuildVoice,
  ChannelType.GuildCategory,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildStageVoice,
  ChannelType.GuildDirectory,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
] as const;

const ARCHIVE_MINUTES = [60, 1440, 4320, 10080] as const;

/** Slow mode: up to 6 hours, in seconds. */
const MOST_SLOWMODE = 21_600;

/** Whole numbers without a limit of their own. */
const INT32 = 2_147_483_647;

const VOICES: readonly number[] = [ChannelType.GuildVoice, ChannelType.GuildStageVoice];
const FORUMS: readonly number[] = [ChannelType.GuildForum, ChannelType.GuildMedia];

/**
 * Checks the body of a new guild channel.
 * Source: https://discord.com/developers/docs/resources/guild#create-guild-channel
 * @throws DiscordError 50035 with the wrong fields
 */
export function checkChannelCreate(body: unknown): void {
  checkForm(body, (channel) => {
    const type = channel.child('type').choice(GUILD_CHANNEL_TYPES) ?? ChannelType.GuildText;
    checkName(channel.child('name'), type, true);
    checkGuildChannel(channel, type);
  });
}

/**
 * Checks the body of an edit of a guild channel.
 * Source: https://discord.com/developers/docs/resources/channel#modify-channel
 * @param type the channel's type as it is now
 * @throws DiscordError 50035 with the wrong fields
 */
export function checkChannelEdit(body: unknown, type: number): void {
  checkForm(body, (channel) => {
    const wanted = channel.child('type').choice(GUILD_CHANNEL_TYPES) ?? type;
    if (channel.child('name').value === null) channel.child('name').reportRequired();
    checkName(channel.child('name'), wanted, false);
    checkGuildChannel(channel, wanted);
  });
}

/**
 * Checks the body of a new thread, from a message or without one.
 * @throws DiscordError 50035 with the wrong fields
 */
export function checkThreadCreate(body: unknown): void {
  checkForm(body, (thread) => {
    checkName(thread.child('name'), ChannelType.PublicThread, true);
    checkThread(thread);
    thread
      .child('type')
      .choice([
        ChannelType.AnnouncementThread,
        ChannelType.PublicThread,
        ChannelType.PrivateThread,
      ]);
  });
}

/**
 * Checks the body of a forum's post, but for its message.
 * @param tags the forum's own, by id
 * @throws DiscordError 50035 with the wrong fields
 */
export function checkForumPost(body: unknown, tags: ReadonlySet<string>): void {
  checkForm(body, (post) => {
    checkName(post.child('name'), ChannelType.PublicThread, true);
    checkThread(post);
    post.child('message').object(true);
    for (const tag of post.child('applied_tags').list({ max: 5 })) {
      if (typeof tag.value === 'string' && !tags.has(tag.value)) {
        tag.report('CHANNEL_INVALID_FORUM_TAG', 'Unknown tag');
      }
    }
  });
}

/**
 * Checks the body of an edit of a thread.
 * @throws DiscordError 50035 with the wrong fields
 */
export function checkThreadEdit(body: unknown): void {
  checkForm(body, (thread) => {
    checkName(thread.child('name'), ChannelType.PublicThread, false);
    checkThread(thread);
    thread.child('archived').boolean();
    thread.child('locked').boolean();
    thread.child('flags').integer({ min: 0 });
  });
}

/**
 * Checks the body that sets one overwrite.
 * @throws DiscordError 50035 with the wrong fields
 */
export function checkOverwriteEdit(body: unknown): void {
  checkForm(body, (overwrite) => {
    overwrite.child('type').choice([0, 1], true);
    overwrite.child('allow').bits();
    overwrite.child('deny').bits();
  });
}

function checkThread(thread: Field): void {
  thread.child('auto_archive_duration').choice(ARCHIVE_MINUTES);
  thread.child('rate_limit_per_user').integer({ min: 0, max: MOST_SLOWMODE });
  thread.child('invitable').boolean();
  for (const tag of thread.child('applied_tags').list({ max: 5 })) tag.snowflake(true);
}

function checkName(name: Field, type: number, required: boolean): void {
  const text = name.text({ min: 1, max: 100, required });
  if (text !== undefined && channelName(type, text) === '') name.reportRequired();
}

function checkGuildChannel(channel: Field, type: number): void {
  channel.child('topic').text({ max: FORUMS.includes(type) ? 4_096 : 1_024 });
  channel.child('position').integer({ min: 0, max: INT32 });
  channel.child('nsfw').boolean();
  channel.child('parent_id').snowflake();
  channel.child('rate_limit_per_user').integer({ min: 0, max: MOST_SLOWMODE });
  channel.child('default_thread_rate_limit_per_user').integer({ min: 0, max: MOST_SLOWMODE });
  channel.child('default_auto_archive_duration').choice(ARCHIVE_MINUTES);
  const most = VOICES.includes(type) ? { bitrate: 384_000, users: 99 } : undefined;
  channel.child('bitrate').integer({ min: 8_000, max: most?.bitrate ?? INT32 });
  const users = type === ChannelType.GuildStageVoice.valueOf() ? 10_000 : most?.users;
  channel.child('user_limit').integer({ min: 0, max: users ?? INT32 });
  channel.child('rtc_region').text();
  channel.child('video_quality_mode').choice([1, 2]);
  checkForumSettings(channel);
  checkOverwrites(channel.child('permission_overwrites'));
}

function checkForumSettings(channel: Field): void {
  for (const tag of channel.child('available_tags').list({ max: 20 })) {
    if (!tag.object(true)) continue;
    tag.child('name').text({ max: 20, required: true });
    tag.child('moderated').boolean();
    checkTagEmoji(tag);
  }
  if (channel.child('default_reaction_emoji').object()) {
    checkTagEmoji(channel.child('default_reaction_emoji'));
  }
  channel.child('default_sort_order').choice([0, 1]);
  channel.child('default_forum_layout').choice([0, 1, 2]);
  channel.child('default_tag_setting').choice(['match_all', 'match_some']);
}

function checkTagEmoji(holder: Field): void {
  holder.child('emoji_id').snowflake();
  holder.child('emoji_name').text({ max: 100 });
}

function checkOverwrites(overwrites: Field): void {
  for (const overwrite of overwrites.list({ max: 100 })) {
    if (!overwrite.object(true)) continue;
    overwrite.child('id').snowflake(true);
    overwrite.child('type').choice([0, 1]);
    overwrite.child('allow').bits();
    overwrite.child('deny').bits();
  }
}
