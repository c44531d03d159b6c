import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { ChannelKind } from '../../world/kinds';
import { channelName } from '../../rules/channel-names';
import { discordError } from '../../rules/errors';
import { refusedOnCreate, refusedOnEdit } from '../../rules/overwrite-rules';
import { has } from '../../rules/permissions';
import {
  checkChannelCreate,
  checkChannelEdit,
  checkOverwriteEdit,
} from '../../rules/validation/channels';
import type { ChannelRow, ForumTag, GuildRow, MemberRow, Overwrite } from '../../world/model';
import type { World } from '../../world/world';
import { permissionsIn, requireChannel, requireGuild, roleOf } from '../access';
import { announceChannel, announceThread } from '../announce';
import type { Actor, Discord } from '../discord';
import { Fields, required, wrong } from '../fields';
import { isThread } from '../views/channel-view';

/** Channels of a guild, categories included, threads not. */
const MOST_CHANNELS = 500;
/** Channels in one category. */
const MOST_IN_CATEGORY = 50;

/** What a channel has when nothing else is said. */
export function emptyChannel(id: string, type: number, guildId: string | null): ChannelRow {
  return {
    id,
    type,
    flags: 0,
    lastMessageId: null,
    lastPinTimestamp: null,
    guildId,
    name: '',
    topic: null,
    position: 0,
    parentId: null,
    nsfw: false,
    slowmode: 0,
    permission_overwrites: [],
    defaultAutoArchive: null,
    bitrate: null,
    userLimit: null,
    availableTags: [],
    thread: null,
    recipients: [],
  };
}

/** Creates a channel of a guild. */
export function createChannel(
  discord: Discord,
  actor: Actor,
  guildId: string,
  body: unknown,
): ChannelRow {
  const { world } = discord;
  const { guild, member } = requireGuild(world, actor, guildId, P.ManageChannels);
  checkChannelCreate(body);
  const fields = Fields.of(body);
  const type = fields.number('type') ?? ChannelKind.GuildText;
  const parentId = fields.string('parent_id') ?? null;
  let count = 0;
  for (const channel of world.channelsOf(guildId).values()) if (!isThread(channel)) count += 1;
  if (count >= MOST_CHANNELS) throw discordError('maximumChannels');
  const parent = parentId === null ? undefined : requireCategory(world, guildId, parentId, type);
  if (parent !== undefined) requireParentRights(world, actor, parent);
  const given = readOverwrites(guild, world, fields);
  if (given !== undefined && refusedOnCreate(guild, member, given, discord.now()) !== 0n) {
    throw discordError('missingPermissions');
  }
  const channel: ChannelRow = {
    ...emptyChannel(world.ids.next(), type, guildId),
    name: channelName(type, required(fields.string('name'), 'name')),
    topic: fields.string('topic') ?? null,
    position: fields.number('position') ?? nextPosition(world, guildId, type),
    parentId,
    nsfw: fields.boolean('nsfw') ?? false,
    slowmode: fields.number('rate_limit_per_user') ?? 0,
    // Without overwrites of its own, a channel takes over its category's.
    permission_overwrites:
      given ?? (parent?.permission_overwrites ?? []).map((one) => ({ ...one })),
    defaultAutoArchive: fields.number('default_auto_archive_duration') ?? null,
    bitrate: fields.number('bitrate') ?? null,
    userLimit: fields.number('user_limit') ?? null,
    availableTags: readTags(world, fields) ?? [],
  };
  world.addChannel(channel);
  announceChannel(discord, 'CHANNEL_CREATE', channel);
  return channel;
}

/** New tags get an id; those that are there keep theirs. */
function readTags(world: World, fields: Fields): ForumTag[] | undefined {
  return fields.objects('available_tags')?.map((entry) => {
    const tag = Fields.of(entry);
    return {
      id: tag.string('id') ?? world.ids.next(),
      name: required(tag.string('name'), 'available_tags'),
      moderated: tag.boolean('moderated') ?? false,
      emoji_id: tag.string('emoji_id') ?? null,
      emoji_name: tag.string('emoji_name') ?? null,
    };
  });
}

function nextPosition(world: World, guildId: string, type: number): number {
  let last = -1;
  const isCategory = type === ChannelKind.GuildCategory;
  for (const channel of world.channelsOf(guildId).values()) {
    const same = (channel.type === ChannelKind.GuildCategory) === isCategory;
    if (same && !isThread(channel) && channel.position > last) last = channel.position;
  }
  return last + 1;
}

function requireCategory(
  world: World,
  guildId: string,
  parentId: string,
  type: number,
): ChannelRow {
  const parent = world.channel(parentId);
  if (parent?.guildId !== guildId) {
    wrong('parent_id', 'CHANNEL_PARENT_INVALID', 'Category does not exist');
  }
  const isCategory = parent.type === ChannelKind.GuildCategory;
  if (!isCategory || type === ChannelKind.GuildCategory) {
    wrong('parent_id', 'CHANNEL_PARENT_INVALID_TYPE', 'Not a category');
  }
  let count = 0;
  for (const channel of world.channelsOf(guildId).values()) {
    if (channel.parentId === parentId) count += 1;
  }
  if (count >= MOST_IN_CATEGORY) {
    wrong(
      'parent_id',
      'CHANNEL_PARENT_MAX_CHANNELS',
      `Maximum number of channels in category reached (${MOST_IN_CATEGORY})`,
    );
  }
  return parent;
}

/** Who puts a channel into a category manages the category, too. */
function requireParentRights(world: World, actor: Actor, parent: ChannelRow): void {
  const rights = permissionsIn(world, parent, actor.userId);
  if (!has(rights, P.ViewChannel | P.ManageChannels)) throw discordError('missingPermissions');
}

function readOverwrites(guild: GuildRow, world: World, fields: Fields): Overwrite[] | undefined {
  return fields.objects('permission_overwrites')?.map((entry) => {
    const overwrite = Fields.of(entry);
    const id = required(overwrite.string('id'), 'permission_overwrites');
    const type = overwrite.number('type') ?? (roleOf(guild, id) === undefined ? 1 : 0);
    requireTarget(guild, world, id, type);
    return {
      id,
      type: type === 0 ? 0 : 1,
      allow: overwrite.string('allow') ?? '0',
      deny: overwrite.string('deny') ?? '0',
    };
  });
}

function requireTarget(guild: GuildRow, world: World, id: string, type: number): void {
  if (type === 0 && roleOf(guild, id) === undefined) throw discordError('unknownRole');
  if (type === 1 && !world.users.has(id)) throw discordError('unknownUser');
}

/** Changes a channel of a guild; threads have their own way. */
export function editChannel(
  discord: Discord,
  actor: Actor,
  channel: ChannelRow,
  body: unknown,
): ChannelRow {
  const { world } = discord;
  const guildId = channel.guildId;
  if (guildId === null) throw discordError('cannotExecuteOnDm');
  const { guild, member } = requireGuild(world, actor, guildId);
  const { permissions } = requireChannel(world, actor, channel.id);
  checkChannelEdit(body, channel.type);
  const fields = Fields.of(body);
  const overwritesOnly = Object.keys(fields.all).every((name) => name === 'permission_overwrites');
  if (!overwritesOnly && !has(permissions, P.ManageChannels)) {
    throw discordError('missingPermissions');
  }
  const overwrites = readOverwrites(guild, world, fields);
  if (overwrites !== undefined) {
    requireOverwriteRights(discord, guild, member, channel, overwrites);
  }
  let parentId = channel.parentId;
  if (fields.isNull('parent_id')) parentId = null;
  else if (fields.has('parent_id')) {
    parentId = required(fields.string('parent_id'), 'parent_id');
    if (parentId !== channel.parentId) {
      const parent = requireCategory(world, guildId, parentId, channel.type);
      requireParentRights(world, actor, parent);
    }
  }
  const type = fields.number('type') ?? channel.type;
  if (type !== channel.type && !isTextLike(type, channel.type)) {
    throw discordError('cannotExecuteOnChannelType');
  }
  const name = fields.string('name');
  channel.type = type;
  channel.parentId = parentId;
  if (name !== undefined) channel.name = channelName(type, name);
  if (fields.isNull('topic')) channel.topic = null;
  else channel.topic = fields.string('topic') ?? channel.topic;
  if (channel.topic === '') channel.topic = null;
  channel.position = fields.number('position') ?? channel.position;
  channel.nsfw = fields.boolean('nsfw') ?? channel.nsfw;
  channel.slowmode = fields.number('rate_limit_per_user') ?? channel.slowmode;
  channel.bitrate = fields.number('bitrate') ?? channel.bitrate;
  channel.userLimit = fields.number('user_limit') ?? channel.userLimit;
  channel.defaultAutoArchive =
    fields.number('default_auto_archive_duration') ?? channel.defaultAutoArchive;
  channel.availableTags = readTags(discord.world, fields) ?? channel.availableTags;
  if (overwrites !== undefined) channel.permission_overwrites = overwrites;
  world.touchChannel(channel.id);
  announceChannel(discord, 'CHANNEL_UPDATE', channel);
  return channel;
}

function isTextLike(a: number, b: number): boolean {
  const kinds: number[] = [ChannelKind.GuildText, ChannelKind.GuildAnnouncement];
  return kinds.includes(a) && kinds.includes(b);
}

function requireOverwriteRights(
  discord: Discord,
  guild: GuildRow,
  member: MemberRow,
  channel: ChannelRow,
  after: Overwrite[],
): void {
  const parent = channel.parentId === null ? undefined : discord.world.channel(channel.parentId);
  if (refusedOnEdit(guild, member, channel, parent, after, discord.now()) !== 0n) {
    throw discordError('missingPermissions');
  }
}

/** Whether a PATCH of the channel sets another name or topic, which Discord counts apart. */
export function changesNameOrTopic(world: World, channelId: string, body: unknown): boolean {
  const channel = world.channel(channelId);
  if (channel === undefined || channel.thread !== null) return false;
  if (typeof body !== 'object' || body === null) return false;
  if ('name' in body && typeof body.name === 'string') {
    if (channelName(channel.type, body.name) !== channel.name) return true;
  }
  if (!('topic' in body)) return false;
  const topic = body.topic === '' ? null : body.topic;
  return topic !== channel.topic;
}

/** Deletes a channel with all its messages and threads; direct messages are only closed. */
export function deleteChannel(discord: Discord, actor: Actor, channelId: string): ChannelRow {
  const { world } = discord;
  const { channel, permissions } = requireChannel(world, actor, channelId);
  if (channel.guildId === null) return channel;
  const needed = channel.thread === null ? P.ManageChannels : P.ManageThreads;
  if (!has(permissions, needed)) throw discordError('missingPermissions');
  const children = [...world.channelsOf(channel.guildId).values()].filter(
    (child) => child.parentId === channelId,
  );
  for (const child of children) {
    if (child.thread === null) {
      child.parentId = null;
      world.touchChannel(child.id);
      announceChannel(discord, 'CHANNEL_UPDATE', child);
    } else takeAway(discord, child);
  }
  takeAway(discord, channel);
  return channel;
}

function takeAway(discord: Discord, channel: ChannelRow): void {
  const { world } = discord;
  for (const row of world.messagesOf(channel.id).all()) {
    discord.files.drop(row.message.attachments.map((one) => one.id));
    discord.watchers.messageChanged(row.message.id);
  }
  for (const webhook of world.webhooks.values()) {
    if (webhook.channelId === channel.id) world.webhooks.delete(webhook.id);
  }
  world.removeChannel(channel);
  if (channel.thread === null) announceChannel(discord, 'CHANNEL_DELETE', channel);
  else {
    announceThread(discord, 'THREAD_DELETE', channel, {
      id: channel.id,
      guild_id: channel.guildId,
      parent_id: channel.parentId,
      type: channel.type,
    });
  }
}

/** Sets one overwrite of a channel. */
export function putOverwrite(
  discord: Discord,
  actor: Actor,
  channelId: string,
  targetId: string,
  body: unknown,
): void {
  const { channel, guild, member } = overwriteContext(discord, actor, channelId);
  checkOverwriteEdit(body);
  const fields = Fields.of(body);
  const type = required(fields.number('type'), 'type');
  requireTarget(guild, discord.world, targetId, type);
  const overwrite: Overwrite = {
    id: targetId,
    type: type === 0 ? 0 : 1,
    allow: fields.string('allow') ?? '0',
    deny: fields.string('deny') ?? '0',
  };
  const after = channel.permission_overwrites.filter((one) => one.id !== targetId);
  after.push(overwrite);
  setOverwrites(discord, guild, member, channel, after);
}

/** Takes one overwrite of a channel away. */
export function deleteOverwrite(
  discord: Discord,
  actor: Actor,
  channelId: string,
  targetId: string,
): void {
  const { channel, guild, member } = overwriteContext(discord, actor, channelId);
  if (!channel.permission_overwrites.some((one) => one.id === targetId)) {
    throw discordError('unknownOverwrite');
  }
  const after = channel.permission_overwrites.filter((one) => one.id !== targetId);
  setOverwrites(discord, guild, member, channel, after);
}

function overwriteContext(
  discord: Discord,
  actor: Actor,
  channelId: string,
): { channel: ChannelRow; guild: GuildRow; member: MemberRow } {
  const { channel } = requireChannel(discord.world, actor, channelId, P.ManageRoles);
  if (channel.guildId === null) throw discordError('cannotExecuteOnDm');
  if (channel.thread !== null) throw discordError('cannotExecuteOnChannelType');
  const { guild, member } = requireGuild(discord.world, actor, channel.guildId);
  return { channel, guild, member };
}

function setOverwrites(
  discord: Discord,
  guild: GuildRow,
  member: MemberRow,
  channel: ChannelRow,
  after: Overwrite[],
): void {
  requireOverwriteRights(discord, guild, member, channel, after);
  channel.permission_overwrites = after;
  discord.world.touchChannel(channel.id);
  announceChannel(discord, 'CHANNEL_UPDATE', channel);
}

/** Sets positions and parents of several channels at once; only one may change its parent. */
export function moveChannels(discord: Discord, actor: Actor, guildId: string, body: unknown): void {
  const { world } = discord;
  requireGuild(world, actor, guildId, P.ManageChannels);
  const entries = Array.isArray(body) ? (body as unknown[]) : [];
  const moves = entries.map((entry) => {
    const fields = Fields.of(entry);
    const channel = world.channel(required(fields.string('id'), 'id'));
    if (channel?.guildId !== guildId) throw discordError('unknownChannel');
    return { channel, fields };
  });
  const reparented = moves.filter(
    ({ channel, fields }) =>
      (fields.has('parent_id') || fields.isNull('parent_id')) &&
      (fields.string('parent_id') ?? null) !== channel.parentId,
  );
  if (reparented.length > 1) throw discordError('onlyOneParentChange');
  for (const { channel, fields } of reparented) {
    const parentId = fields.string('parent_id');
    const parent =
      parentId === undefined ? undefined : requireCategory(world, guildId, parentId, channel.type);
    channel.parentId = parent?.id ?? null;
    if (parent !== undefined && fields.boolean('lock_permissions') === true) {
      channel.permission_overwrites = parent.permission_overwrites.map((one) => ({ ...one }));
    }
  }
  for (const { channel, fields } of moves) {
    channel.position = fields.number('position') ?? channel.position;
    world.touchChannel(channel.id);
    announceChannel(discord, 'CHANNEL_UPDATE', channel);
  }
}
