import { MessageFlags, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { ChannelKind, MessageKind } from '../../world/kinds';
import { discordError } from '../../rules/errors';
import { has } from '../../rules/permissions';
import {
  checkMessageCreate,
  checkMessageEdit,
  isEmptyMessage,
} from '../../rules/validation/messages';
import type { ChannelRow, MessageRow } from '../../world/model';
import { snowflakeAt, timestampOf } from '../../world/snowflakes';
import { requireChannel, type ChannelAccess } from '../access';
import { announceInChannel, announceMessage, MESSAGES } from '../announce';
import type { Actor, Discord } from '../discord';
import { wrong } from '../fields';
import type { UploadedFile } from '../http/request-body';
import { readMessageForm, type MessageForm } from './message-form';
import { changeMessage, storeMessage, userOf } from './store-message';

/** Messages older than this cannot be deleted in bulk, in milliseconds. */
const BULK_DELETE_AGE = 14 * 24 * 3_600_000;
/** What an author may set on a new message. */
const FREE_FLAGS =
  MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

/** What somebody needs for writing into this channel. */
export function sendingIn(channel: ChannelRow): bigint {
  return channel.thread === null ? P.SendMessages : P.SendMessagesInThreads;
}

/** Writes a message. The same nonce again, with enforcement, gives the message that it made before. */
export function createMessage(
  discord: Discord,
  actor: Actor,
  channelId: string,
  body: unknown,
  files: UploadedFile[],
): MessageRow {
  const { world } = discord;
  const access = requireChannel(world, actor, channelId);
  const { channel, permissions } = access;
  requireText(channel);
  if (!has(permissions, sendingIn(channel))) throw discordError('missingPermissions');
  if (channel.thread?.metadata.locked === true && !has(permissions, P.ManageThreads)) {
    throw discordError('threadLocked');
  }
  requireOpenDirectMessages(discord, actor, channel);
  if (actor.kind === 'person') requirePause(discord, actor, access);
  checkMessageCreate(body, { uploads: files.length });
  const form = readMessageForm(body, files, channelId);
  if (files.length > 0 && !has(permissions, P.AttachFiles))
    throw discordError('missingPermissions');
  if ((form.embeds?.length ?? 0) > 0 && !has(permissions, P.EmbedLinks)) {
    throw discordError('missingPermissions');
  }
  if (form.enforceNonce && form.nonce !== undefined) {
    const known = world.messageByNonce(channelId, actor.userId, String(form.nonce));
    if (known !== undefined) return known;
  }
  let type: number = MessageKind.Default;
  const repliesTo = form.reference?.message_id;
  if (form.reference?.type === 0 && repliesTo !== undefined) {
    if (!has(permissions, P.ReadMessageHistory)) throw discordError('cannotReplyWithoutHistory');
    const replied = world.message(repliesTo);
    if (replied !== undefined && replied.message.channel_id === channelId) type = MessageKind.Reply;
    else if (form.reference.failIfNotExists) {
      wrong('message_reference', 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
    }
  }
  return storeMessage(discord, {
    channel,
    author: userOf(discord, actor.userId),
    authorId: actor.userId,
    permissions,
    form,
    type,
    flags: (form.flags ?? 0) & FREE_FLAGS,
  });
}

/** Slow mode binds people who manage neither messages nor channels; bots are exempt. */
function requirePause(
  discord: Discord,
  actor: Actor,
  { channel, permissions }: ChannelAccess,
): void {
  const pause = channel.slowmode * 1000;
  if (pause === 0 || (permissions & (P.ManageMessages | P.ManageChannels)) !== 0n) return;
  const list = discord.world.messagesOf(channel.id);
  const since = snowflakeAt(discord.now() - pause);
  const recent = list.forwards(list.indexFrom(since), 1, (row) => row.authorId === actor.userId);
  if (recent.length > 0) throw discordError('slowmode');
}

function requireText(channel: ChannelRow): void {
  if (channel.type === ChannelKind.GuildForum || channel.type === ChannelKind.GuildMedia) {
    throw discordError('cannotSendInForum');
  }
  if (channel.type === ChannelKind.GuildCategory) throw discordError('cannotSendInNonTextChannel');
}

function requireOpenDirectMessages(discord: Discord, actor: Actor, channel: ChannelRow): void {
  if (channel.guildId !== null) return;
  for (const id of channel.recipients) {
    if (id === actor.userId) continue;
    if (discord.world.users.get(id)?.dmsOpen !== true) throw discordError('cannotSendToUser');
  }
}

/** A message that is in this channel and that this user may see. */
export function requireMessage(
  discord: Discord,
  channelId: string,
  messageId: string,
  viewerId: string,
): MessageRow {
  const row = discord.world.message(messageId);
  if (row === undefined || row.message.channel_id !== channelId)
    throw discordError('unknownMessage');
  if (row.ephemeralFor !== null && row.ephemeralFor !== viewerId) {
    throw discordError('unknownMessage');
  }
  return row;
}

/** Reads one message. */
export function readMessage(
  discord: Discord,
  actor: Actor,
  channelId: string,
  messageId: string,
): MessageRow {
  const { permissions } = requireChannel(discord.world, actor, channelId);
  if (!has(permissions, P.ReadMessageHistory)) throw discordError('missingAccess');
  return requireMessage(discord, channelId, messageId, actor.userId);
}

/** Edits an own message; of others' messages, moderators may only suppress the embeds. */
export function editMessage(
  discord: Discord,
  actor: Actor,
  channelId: string,
  messageId: string,
  body: unknown,
  files: UploadedFile[],
): MessageRow {
  const { channel, permissions } = requireChannel(discord.world, actor, channelId);
  const row = requireMessage(discord, channelId, messageId, actor.userId);
  const isV2 = (row.message.flags & MessageFlags.IsComponentsV2) !== 0;
  checkMessageEdit(body, { uploads: files.length, isV2 });
  const form = readMessageForm(body, files, channelId);
  if (row.authorId !== actor.userId || row.message.webhook_id !== undefined) {
    const others = form.content ?? form.embeds ?? form.components ?? form.attachments;
    const onlyFlags = others === undefined && form.flags !== undefined;
    if (!onlyFlags) throw discordError('cannotEditOthersMessage');
    if (!has(permissions, P.ManageMessages)) throw discordError('missingPermissions');
  }
  requireUnarchived(channel);
  refuseEmptied(row, form);
  return changeMessage(discord, row, channel, form, permissions);
}

/** An edit may not leave a message with nothing to show. */
export function refuseEmptied(row: MessageRow, form: MessageForm): void {
  const { message } = row;
  const left = {
    content: form.content === undefined ? message.content : form.content,
    embeds: form.embeds ?? message.embeds,
    components: form.components ?? message.components,
    attachments: form.attachments ?? message.attachments,
    poll: message.poll,
  };
  if (isEmptyMessage(left, form.files.length)) throw discordError('cannotSendEmptyMessage');
}

export function requireUnarchived(channel: ChannelRow): void {
  if (channel.thread?.metadata.archived === true) throw discordError('threadArchived');
}

/** Deletes an own message, or with MANAGE_MESSAGES somebody else's. */
export function deleteMessage(
  discord: Discord,
  actor: Actor,
  channelId: string,
  messageId: string,
): void {
  const { channel, permissions } = requireChannel(discord.world, actor, channelId);
  const row = requireMessage(discord, channelId, messageId, actor.userId);
  if (row.authorId !== actor.userId && !has(permissions, P.ManageMessages)) {
    throw discordError('missingPermissions');
  }
  if (channel.guildId === null && row.authorId !== actor.userId) {
    throw discordError('cannotExecuteOnDm');
  }
  removeMessage(discord, channel, row);
}

/** Takes a message away without asking who wants it. */
export function removeMessage(discord: Discord, channel: ChannelRow, row: MessageRow): void {
  discord.world.removeMessage(row);
  discord.files.drop(row.message.attachments.map((one) => one.id));
  if (channel.thread !== null && channel.thread.messageCount > 0) channel.thread.messageCount -= 1;
  discord.watchers.messageChanged(row.message.id);
  if (row.ephemeralFor !== null) return;
  announceInChannel(
    discord,
    'MESSAGE_DELETE',
    { id: row.message.id, channel_id: channel.id },
    channel,
    MESSAGES,
  );
}

/** Publishes a message of an announcement channel to the channels that follow it. */
export function crosspost(
  discord: Discord,
  actor: Actor,
  channelId: string,
  messageId: string,
): MessageRow {
  const { channel, permissions } = requireChannel(discord.world, actor, channelId);
  const row = requireMessage(discord, channelId, messageId, actor.userId);
  if (channel.type !== ChannelKind.GuildAnnouncement) {
    throw discordError('cannotExecuteOnChannelType');
  }
  const needed = row.authorId === actor.userId ? P.SendMessages : P.ManageMessages;
  if (!has(permissions, needed)) throw discordError('missingPermissions');
  if ((row.message.flags & MessageFlags.Crossposted) !== 0) {
    throw discordError('alreadyCrossposted');
  }
  row.message.flags |= MessageFlags.Crossposted;
  discord.world.touchMessage(messageId);
  announceMessage(discord, 'MESSAGE_UPDATE', row, channel);
  return row;
}

/** Deletes 2 to 100 messages of the last two weeks at once; those that are gone do not matter. */
export function bulkDelete(
  discord: Discord,
  actor: Actor,
  channelId: string,
  ids: readonly string[],
): void {
  const { channel } = requireChannel(discord.world, actor, channelId, P.ManageMessages);
  if (channel.guildId === null) throw discordError('cannotExecuteOnDm');
  const wanted = [...new Set(ids)];
  if (wanted.length < 2 || wanted.length > 100) throw discordError('bulkDeleteCount');
  for (const id of wanted) {
    if (discord.now() - timestampOf(id) > BULK_DELETE_AGE) throw discordError('bulkDeleteTooOld');
  }
  const gone: string[] = [];
  for (const id of wanted) {
    const row = discord.world.message(id);
    if (row?.message.channel_id !== channelId || row.ephemeralFor !== null) continue;
    discord.world.removeMessage(row);
    discord.files.drop(row.message.attachments.map((one) => one.id));
    discord.watchers.messageChanged(id);
    gone.push(id);
  }
  if (gone.length === 0) return;
  announceInChannel(
    discord,
    'MESSAGE_DELETE_BULK',
    { ids: gone, channel_id: channelId },
    channel,
    MESSAGES,
  );
}

/** Which page of a channel's messages is wanted. */
export interface Page {
  before?: string | undefined;
  after?: string | undefined;
  around?: string | undefined;
  limit: number;
}

/** A page of the channel's messages, newest first. Without READ_MESSAGE_HISTORY there are none. */
export function listMessages(
  discord: Discord,
  access: ChannelAccess,
  page: Page,
  viewerId: string,
): MessageRow[] {
  if (!has(access.permissions, P.ReadMessageHistory)) return [];
  const list = discord.world.messagesOf(access.channel.id);
  const passes = (row: MessageRow): boolean =>
    row.ephemeralFor === null || row.ephemeralFor === viewerId;
  if (page.around !== undefined) {
    const middle = list.indexFrom(page.around);
    const half = Math.floor(page.limit / 2);
    const newer = list.forwards(middle, page.limit - half, passes).reverse();
    return [...newer, ...list.backwards(middle, half, passes)];
  }
  if (page.after !== undefined) {
    const next = (BigInt(page.after) + 1n).toString();
    return list.forwards(list.indexFrom(next), page.limit, passes).reverse();
  }
  const from = page.before === undefined ? list.length : list.indexFrom(page.before);
  return list.backwards(from, page.limit, passes);
}
