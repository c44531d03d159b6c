import { createHash, randomBytes } from 'node:crypto';
import { MessageFlags, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { ChannelKind, MessageKind } from '../../world/kinds';
import { discordError } from '../../rules/errors';
import { checkMessageCreate, checkMessageEdit } from '../../rules/validation/messages';
import {
  checkWebhookAuthor,
  checkWebhookCreate,
  checkWebhookEdit,
} from '../../rules/validation/guild';
import type { ChannelRow, JsonObject, MessageRow, User, WebhookRow } from '../../world/model';
import { requireChannel, requireGuild } from '../access';
import { announceWebhooks } from '../announce';
import { theApplication, type Actor, type Discord } from '../discord';
import { Fields, required } from '../fields';
import type { UploadedFile } from '../http/request-body';
import { readMessageForm } from '../messages/message-form';
import { refuseEmptied, removeMessage } from '../messages/messages';
import { changeMessage, storeMessage, userOf } from '../messages/store-message';

/** Webhooks of one channel. */
const MOST_WEBHOOKS = 15;
/** What a webhook may mention: everything. */
const WEBHOOK_RIGHTS = P.MentionEveryone;

/** API: Webhook. Its token shows to those who manage it. */
export function webhookView(discord: Discord, row: WebhookRow, withUser = true): JsonObject {
  return {
    id: row.id,
    type: 1,
    guild_id: row.guildId,
    channel_id: row.channelId,
    name: row.name,
    avatar: null,
    application_id: theApplication(discord.world).id,
    token: row.token,
    url: `https://discord.com/api/webhooks/${row.id}/${row.token}`,
    ...(withUser ? { user: userOf(discord, row.userId) } : {}),
  };
}

export function createWebhook(
  discord: Discord,
  actor: Actor,
  channelId: string,
  body: unknown,
): WebhookRow {
  const { channel } = requireChannel(discord.world, actor, channelId, P.ManageWebhooks);
  if (channel.guildId === null) throw discordError('cannotExecuteOnDm');
  const kinds: number[] = [
    ChannelKind.GuildText,
    ChannelKind.GuildAnnouncement,
    ChannelKind.GuildForum,
    ChannelKind.GuildVoice,
  ];
  if (!kinds.includes(channel.type)) throw discordError('cannotExecuteOnChannelType');
  if (listWebhooks(discord, (row) => row.channelId === channelId).length >= MOST_WEBHOOKS) {
    throw discordError('maximumWebhooks');
  }
  checkWebhookCreate(body);
  const row: WebhookRow = {
    id: discord.world.ids.next(),
    token: randomBytes(48).toString('base64url'),
    guildId: channel.guildId,
    channelId,
    name: required(Fields.of(body).string('name'), 'name'),
    userId: actor.userId,
  };
  discord.world.webhooks.set(row.id, row);
  announceWebhooks(discord, channel);
  return row;
}

export function listWebhooks(discord: Discord, passes: (row: WebhookRow) => boolean): WebhookRow[] {
  return [...discord.world.webhooks.values()].filter(passes);
}

/** A webhook as somebody who manages webhooks in its channel sees it. */
export function requireWebhook(discord: Discord, actor: Actor, id: string): WebhookRow {
  const row = discord.world.webhooks.get(id);
  if (row === undefined) throw discordError('unknownWebhook');
  requireGuild(discord.world, actor, row.guildId);
  requireChannel(discord.world, actor, row.channelId, P.ManageWebhooks);
  return row;
}

/** A webhook by its token. */
export function webhookByToken(discord: Discord, id: string, token: string): WebhookRow {
  const row = discord.world.webhooks.get(id);
  if (row === undefined) throw discordError('unknownWebhook');
  if (row.token !== token) throw discordError('invalidWebhookToken');
  return row;
}

export function editWebhook(discord: Discord, row: WebhookRow, body: unknown): WebhookRow {
  checkWebhookEdit(body);
  const fields = Fields.of(body);
  row.name = fields.string('name') ?? row.name;
  const channelId = fields.string('channel_id');
  if (channelId !== undefined) {
    if (discord.world.channel(channelId)?.guildId !== row.guildId) {
      throw discordError('unknownChannel');
    }
    row.channelId = channelId;
  }
  discord.world.webhooks.touch(row.id);
  const channel = discord.world.channel(row.channelId);
  if (channel !== undefined) announceWebhooks(discord, channel);
  return row;
}

export function deleteWebhook(discord: Discord, row: WebhookRow): void {
  discord.world.webhooks.delete(row.id);
  const channel = discord.world.channel(row.channelId);
  if (channel !== undefined) announceWebhooks(discord, channel);
}

interface Posted {
  body: unknown;
  files: UploadedFile[];
  threadId?: string | undefined;
}

/** Posts a message through a webhook. */
export function executeWebhook(
  discord: Discord,
  id: string,
  token: string,
  posted: Posted,
): MessageRow {
  const row = webhookByToken(discord, id, token);
  const channel = discord.world.channel(posted.threadId ?? row.channelId);
  if (channel === undefined) throw discordError('unknownChannel');
  if (posted.threadId !== undefined && channel.parentId !== row.channelId) {
    throw discordError('unknownChannel');
  }
  if (channel.type === ChannelKind.GuildForum) {
    throw discordError('webhookForumNeedsThread');
  }
  checkMessageCreate(posted.body, { uploads: posted.files.length });
  const form = readMessageForm(posted.body, posted.files, channel.id);
  checkWebhookAuthor(posted.body);
  const fields = Fields.of(posted.body);
  const name = fields.string('username') ?? row.name ?? 'Webhook';
  return storeMessage(discord, {
    channel,
    author: webhookAuthor(row.id, name, fields.string('avatar_url')),
    authorId: row.id,
    permissions: WEBHOOK_RIGHTS,
    form,
    type: MessageKind.Default,
    flags:
      (form.flags ?? 0) &
      (MessageFlags.SuppressEmbeds |
        MessageFlags.SuppressNotifications |
        MessageFlags.IsComponentsV2),
    webhookId: row.id,
    applicationId: theApplication(discord.world).id,
  });
}

/** @param avatarUrl a picture of this message's own; Discord keeps a copy and names it by a hash */
function webhookAuthor(id: string, name: string, avatarUrl: string | undefined): User {
  const avatar = avatarUrl === undefined ? null : createHash('md5').update(avatarUrl).digest('hex');
  return {
    id,
    username: name,
    discriminator: '0000',
    global_name: null,
    avatar,
    banner: null,
    accent_color: null,
    bot: true,
    public_flags: 0,
    flags: 0,
    primary_guild: null,
  };
}

/** A message that this webhook made. */
export function readWebhookMessage(
  discord: Discord,
  id: string,
  token: string,
  messageId: string,
): MessageRow {
  const row = webhookByToken(discord, id, token);
  const message = discord.world.message(messageId);
  if (message?.message.webhook_id !== row.id) throw discordError('unknownMessage');
  return message;
}

export function editWebhookMessage(
  discord: Discord,
  id: string,
  token: string,
  messageId: string,
  posted: Posted,
): MessageRow {
  const message = readWebhookMessage(discord, id, token, messageId);
  const channel = channelOf(discord, message);
  const isV2 = (message.message.flags & MessageFlags.IsComponentsV2) !== 0;
  checkMessageEdit(posted.body, { uploads: posted.files.length, isV2 });
  const form = readMessageForm(posted.body, posted.files, channel.id);
  refuseEmptied(message, form);
  return changeMessage(discord, message, channel, form, WEBHOOK_RIGHTS);
}

export function deleteWebhookMessage(
  discord: Discord,
  id: string,
  token: string,
  messageId: string,
): void {
  const message = readWebhookMessage(discord, id, token, messageId);
  removeMessage(discord, channelOf(discord, message), message);
}

function channelOf(discord: Discord, message: MessageRow): ChannelRow {
  const channel = discord.world.channel(message.message.channel_id);
  if (channel === undefined) throw discordError('unknownChannel');
  return channel;
}
