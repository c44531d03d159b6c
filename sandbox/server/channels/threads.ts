import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { ChannelKind, MessageKind } from '../../world/kinds';
import { channelName } from '../../rules/channel-names';
import { discordError } from '../../rules/errors';
import { has } from '../../rules/permissions';
import { checkThreadCreate, checkThreadEdit } from '../../rules/validation/channels';
import type { ChannelRow } from '../../world/model';
import { canView, permissionsIn, requireChannel } from '../access';
import { announceThread } from '../announce';
import type { Actor, Discord } from '../discord';
import { Fields, required } from '../fields';
import { readMessageForm } from '../messages/message-form';
import { requireMessage } from '../messages/messages';
import { isoTime, storeMessage, userOf } from '../messages/store-message';
import { channelView, threadMemberView } from '../views/channel-view';
import { emptyChannel } from './channels';

/** Active threads of a guild. */
const MOST_ACTIVE = 1000;

/** The kind of thread that everybody sees: those of a channel of announcements have a kind of their own. */
export function publicThreadIn(parent: ChannelRow | undefined): number {
  return parent?.type === ChannelKind.GuildAnnouncement
    ? ChannelKind.AnnouncementThread
    : ChannelKind.PublicThread;
}

/** Starts a thread, from a message or without one. */
export function createThread(
  discord: Discord,
  actor: Actor,
  channelId: string,
  messageId: string | undefined,
  body: unknown,
): ChannelRow {
  const { world } = discord;
  const { channel: parent, permissions } = requireChannel(world, actor, channelId);
  const guildId = parent.guildId;
  const parents: number[] = [ChannelKind.GuildText, ChannelKind.GuildAnnouncement];
  if (guildId === null || !parents.includes(parent.type)) {
    throw discordError('cannotExecuteOnChannelType');
  }
  checkThreadCreate(body);
  const fields = Fields.of(body);
  const usual = publicThreadIn(parent);
  const type =
    messageId === undefined ? (fields.number('type') ?? ChannelKind.PrivateThread) : usual;
  const isPrivate = type === ChannelKind.PrivateThread;
  // A channel of announcements has no private ones.
  if (type !== usual && (!isPrivate || parent.type === ChannelKind.GuildAnnouncement)) {
    throw discordError('cannotExecuteOnChannelType');
  }
  if (!has(permissions, isPrivate ? P.CreatePrivateThreads : P.CreatePublicThreads)) {
    throw discordError('missingPermissions');
  }
  const source =
    messageId === undefined
      ? undefined
      : requireMessage(discord, channelId, messageId, actor.userId);
  if (messageId !== undefined && world.channel(messageId) !== undefined) {
    throw discordError('threadAlreadyCreated');
  }
  requireThreadRoom(discord, guildId);
  const thread = newThread(discord, actor, parent, fields, { id: messageId, type });
  world.addChannel(thread);
  announceThread(discord, 'THREAD_CREATE', thread, { ...channelView(thread), newly_created: true });
  if (source !== undefined) {
    source.message.thread = channelView(thread);
    source.message.flags |= 32;
    world.touchMessage(source.message.id);
  } else if (!isPrivate) {
    storeMessage(discord, {
      channel: parent,
      author: userOf(discord, actor.userId),
      authorId: actor.userId,
      permissions,
      form: readMessageForm({ content: thread.name }, [], channelId),
      type: MessageKind.ThreadCreated,
      flags: 0,
    });
  }
  return thread;
}

/** Active threads of a guild are limited. */
export function requireThreadRoom({ world }: Discord, guildId: string): void {
  let active = 0;
  for (const channel of world.channelsOf(guildId).values()) {
    if (channel.thread?.metadata.archived === false) active += 1;
  }
  if (active >= MOST_ACTIVE) throw discordError('maximumActiveThreads');
}

/** A thread of that channel, begun now; it is in no world yet. */
export function newThread(
  discord: Discord,
  actor: Actor,
  parent: ChannelRow,
  fields: Fields,
  { id, type, appliedTags = [] }: { id: string | undefined; type: number; appliedTags?: string[] },
): ChannelRow {
  const now = isoTime(discord.now());
  const isPrivate = type === ChannelKind.PrivateThread;
  return {
    ...emptyChannel(id ?? discord.world.ids.next(), type, parent.guildId),
    name: channelName(type, required(fields.string('name'), 'name')),
    parentId: parent.id,
    slowmode: fields.number('rate_limit_per_user') ?? 0,
    thread: {
      ownerId: actor.userId,
      metadata: {
        archived: false,
        auto_archive_duration:
          fields.number('auto_archive_duration') ?? parent.defaultAutoArchive ?? 4320,
        archive_timestamp: now,
        locked: false,
        ...(isPrivate ? { invitable: fields.boolean('invitable') ?? true } : {}),
        create_timestamp: now,
      },
      messageCount: 0,
      totalMessages: 0,
      members: { [actor.userId]: { joinedAt: now, flags: 0 } },
      appliedTags,
    },
  };
}

/** Changes a thread: the one who started it and those who manage threads may. */
export function editThread(
  discord: Discord,
  actor: Actor,
  channel: ChannelRow,
  body: unknown,
): ChannelRow {
  const { thread } = channel;
  const { permissions } = requireChannel(discord.world, actor, channel.id);
  if (thread === null) throw discordError('cannotExecuteOnChannelType');
  checkThreadEdit(body);
  const fields = Fields.of(body);
  const manages = has(permissions, P.ManageThreads);
  const archived = fields.boolean('archived');
  const reopens = archived === false && Object.keys(fields.all).length === 1;
  if (!manages && thread.ownerId !== actor.userId && !(reopens && !thread.metadata.locked)) {
    throw discordError('missingPermissions');
  }
  if (thread.metadata.locked && !manages) throw discordError('missingPermissions');
  if (thread.metadata.archived && archived !== false) throw discordError('threadArchived');
  const locked = fields.boolean('locked');
  if (locked !== undefined && !manages) throw discordError('missingPermissions');
  const name = fields.string('name');
  if (name !== undefined) channel.name = channelName(channel.type, name);
  channel.slowmode = fields.number('rate_limit_per_user') ?? channel.slowmode;
  if (archived !== undefined && archived !== thread.metadata.archived) {
    thread.metadata.archived = archived;
    thread.metadata.archive_timestamp = isoTime(discord.now());
  }
  thread.metadata.locked = locked ?? thread.metadata.locked;
  thread.metadata.auto_archive_duration =
    fields.number('auto_archive_duration') ?? thread.metadata.auto_archive_duration;
  const invitable = fields.boolean('invitable');
  if (invitable !== undefined) thread.metadata.invitable = invitable;
  discord.world.touchChannel(channel.id);
  announceThread(discord, 'THREAD_UPDATE', channel, channelView(channel));
  return channel;
}

/** Adds a user to a thread. */
export function addThreadMember(
  discord: Discord,
  actor: Actor,
  channelId: string,
  userId: string,
): void {
  const { channel, permissions } = requireChannel(discord.world, actor, channelId);
  const { thread } = channel;
  if (thread === null) throw discordError('cannotExecuteOnChannelType');
  if (thread.metadata.archived) throw discordError('threadArchived');
  if (channel.guildId === null || discord.world.member(channel.guildId, userId) === undefined) {
    throw discordError('unknownMember');
  }
  if (userId !== actor.userId && !has(permissions, P.SendMessagesInThreads)) {
    throw discordError('missingPermissions');
  }
  const parent = channel.parentId === null ? undefined : discord.world.channel(channel.parentId);
  if (parent !== undefined && !canView(discord.world, parent, userId)) {
    throw discordError('missingAccess');
  }
  if (thread.members[userId] !== undefined) return;
  thread.members[userId] = { joinedAt: isoTime(discord.now()), flags: 0 };
  announceMembers(discord, channel, [userId], []);
}

/** Takes a user out of a thread. */
export function removeThreadMember(
  discord: Discord,
  actor: Actor,
  channelId: string,
  userId: string,
): void {
  const { channel } = requireChannel(discord.world, actor, channelId);
  const { thread } = channel;
  if (thread === null) throw discordError('cannotExecuteOnChannelType');
  if (thread.metadata.archived) throw discordError('threadArchived');
  const owns = thread.ownerId === actor.userId && channel.type === 12;
  const manages = has(permissionsIn(discord.world, channel, actor.userId), P.ManageThreads);
  if (userId !== actor.userId && !owns && !manages) throw discordError('missingPermissions');
  if (thread.members[userId] === undefined) throw discordError('unknownMember');
  thread.members = Object.fromEntries(
    Object.entries(thread.members).filter(([id]) => id !== userId),
  );
  announceMembers(discord, channel, [], [userId]);
}

function announceMembers(
  discord: Discord,
  channel: ChannelRow,
  added: string[],
  removed: string[],
): void {
  discord.world.touchChannel(channel.id);
  announceThread(discord, 'THREAD_MEMBERS_UPDATE', channel, {
    id: channel.id,
    guild_id: channel.guildId,
    member_count: Math.min(50, Object.keys(channel.thread?.members ?? {}).length),
    ...(added.length > 0
      ? { added_members: added.map((id) => threadMemberView(channel, id)) }
      : {}),
    ...(removed.length > 0 ? { removed_member_ids: removed } : {}),
  });
}
