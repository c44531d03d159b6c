import { MessageFlags } from 'discord-api-types/v10';
import { MessageKind } from '../../world/kinds';
import type {
  Attachment,
  ChannelRow,
  JsonObject,
  Message,
  MessageReference,
  MessageRow,
  User,
} from '../../world/model';
import { announceMessage, announceThread } from '../announce';
import { theApplication, type Discord } from '../discord';
import type { UploadedFile } from '../http/request-body';
import { channelView } from '../views/channel-view';
import { findMentions } from './mentions';
import { numbered, type AttachmentForm, type MessageForm } from './message-form';

/** A message that may be made: every right and every field has been checked. */
export interface NewMessage {
  /** The first message of a forum's post has its id; absent: a new one. */
  id?: string;
  channel: ChannelRow;
  author: User;
  authorId: string;
  /** The author's permissions in the channel, which decide what may be mentioned. */
  permissions: bigint;
  form: MessageForm;
  type: number;
  flags: number;
  webhookId?: string;
  applicationId?: string;
  interactionMetadata?: JsonObject;
  interactionId?: string;
  ephemeralFor?: string;
  /** Not sent to anybody yet: the caller has something to add first. */
  quiet?: boolean;
}

/** Makes the message, keeps its files and tells the bots. */
export function storeMessage(discord: Discord, made: NewMessage): MessageRow {
  const { world } = discord;
  const { channel, form } = made;
  const id = made.id ?? world.ids.next();
  const content = (form.content ?? '').trim();
  const components = numbered(form.components ?? []);
  const reference = form.reference;
  const repliedTo =
    made.type === MessageKind.Reply && reference?.message_id !== undefined
      ? world.message(reference.message_id)?.authorId
      : undefined;
  const mentions = findMentions(content, components, {
    world,
    guild: channel.guildId === null ? undefined : world.guilds.get(channel.guildId),
    permissions: made.permissions,
    allowed: form.allowedMentions,
    repliedTo,
  });
  const message: Message = {
    type: made.type,
    content,
    mentions: mentions.users,
    mention_roles: mentions.roles,
    attachments: keepFiles(discord, channel.id, form.files, form.attachments ?? []),
    embeds: (form.embeds ?? []).map(shownEmbed),
    timestamp: isoTime(discord.now()),
    edited_timestamp: null,
    flags: made.flags,
    components,
    id,
    channel_id: channel.id,
    author: made.author,
    pinned: false,
    mention_everyone: mentions.everyone,
    tts: form.tts,
  };
  if (made.webhookId !== undefined) message.webhook_id = made.webhookId;
  if (made.applicationId !== undefined) message.application_id = made.applicationId;
  if (made.interactionMetadata !== undefined) {
    message.interaction_metadata = made.interactionMetadata;
  }
  if (form.nonce !== undefined) message.nonce = form.nonce;
  if (reference?.message_id !== undefined && repliedTo !== undefined) {
    message.message_reference = shownReference(reference, channel);
  }
  if (channel.thread !== null) message.position = channel.thread.messageCount;
  const row: MessageRow = {
    message,
    guildId: channel.guildId,
    authorId: made.authorId,
    ephemeralFor: made.ephemeralFor ?? null,
    reactions: [],
    pinnedAt: null,
    edits: 0,
    interactionId: made.interactionId ?? null,
  };
  world.addMessage(row);
  world.rememberNonce(row);
  if (row.ephemeralFor === null) {
    channel.lastMessageId = id;
    if (channel.thread !== null) countInThread(discord, channel, channel.thread);
    world.touchChannel(channel.id);
  }
  if (made.quiet !== true) announceMessage(discord, 'MESSAGE_CREATE', row, channel);
  return row;
}

function countInThread(
  discord: Discord,
  channel: ChannelRow,
  thread: NonNullable<ChannelRow['thread']>,
): void {
  thread.messageCount += 1;
  thread.totalMessages += 1;
  if (thread.metadata.archived) {
    // Writing into an archived thread brings it back.
    thread.metadata.archived = false;
    thread.metadata.archive_timestamp = isoTime(discord.now());
    announceThread(discord, 'THREAD_UPDATE', channel, channelView(channel));
  }
}

/** Changes a message: what the form does not mention stays as it is. */
export function changeMessage(
  discord: Discord,
  row: MessageRow,
  channel: ChannelRow,
  form: MessageForm,
  permissions: bigint,
): MessageRow {
  const { message } = row;
  const oldContent = message.content;
  if (form.content !== undefined) message.content = (form.content ?? '').trim();
  if (form.embeds !== undefined) message.embeds = form.embeds.map(shownEmbed);
  if (form.components !== undefined) message.components = numbered(form.components);
  if (form.flags !== undefined) message.flags = editedFlags(message.flags, form.flags);
  if (form.attachments !== undefined) {
    const kept = new Map(form.attachments.map((one) => [one.id, one]));
    const gone = message.attachments.filter((one) => !kept.has(one.id));
    discord.files.drop(gone.map((one) => one.id));
    message.attachments = message.attachments.filter((one) => kept.has(one.id));
    for (const one of message.attachments) {
      const description = kept.get(one.id)?.description;
      if (description !== undefined) one.description = description;
    }
  }
  message.attachments = message.attachments.concat(
    keepFiles(discord, channel.id, form.files, form.attachments ?? []),
  );
  if (message.content !== oldContent || form.components !== undefined) {
    const mentions = findMentions(message.content, message.components, {
      world: discord.world,
      guild: channel.guildId === null ? undefined : discord.world.guilds.get(channel.guildId),
      permissions,
      allowed: form.allowedMentions,
      repliedTo: undefined,
    });
    message.mentions = mentions.users;
    message.mention_roles = mentions.roles;
    message.mention_everyone = mentions.everyone;
  }
  message.edited_timestamp = isoTime(discord.now());
  row.edits += 1;
  discord.world.touchMessage(message.id);
  announceMessage(discord, 'MESSAGE_UPDATE', row, channel);
  discord.watchers.messageChanged(message.id);
  return row;
}

/** An edit may set or clear the suppression of embeds, and turn to components; no other flag. */
function editedFlags(before: number, wanted: number): number {
  const free = MessageFlags.SuppressEmbeds;
  return (before & ~free) | (wanted & free) | (wanted & MessageFlags.IsComponentsV2);
}

/** The author of the bot's own messages. */
export function botAuthor(discord: Discord): User {
  const { botId } = theApplication(discord.world);
  return userOf(discord, botId);
}

/** A user who is known to exist. */
export function userOf(discord: Discord, id: string): User {
  const row = discord.world.users.get(id);
  if (row === undefined) throw new Error(`There is no user ${id}.`);
  return row.user;
}

function shownReference(reference: MessageReference, channel: ChannelRow): MessageReference {
  return {
    type: reference.type,
    channel_id: reference.channel_id,
    ...(reference.message_id === undefined ? {} : { message_id: reference.message_id }),
    ...(channel.guildId === null ? {} : { guild_id: channel.guildId }),
  };
}

/** What Discord adds to an embed that it was given. */
function shownEmbed(embed: JsonObject): JsonObject {
  const shown: JsonObject = { ...embed, type: 'rich', content_scan_version: 0 };
  if (Array.isArray(embed['fields'])) {
    shown['fields'] = embed['fields'].map((field: JsonObject) => ({ inline: false, ...field }));
  }
  return shown;
}

function keepFiles(
  discord: Discord,
  channelId: string,
  files: readonly UploadedFile[],
  described: readonly AttachmentForm[],
): Attachment[] {
  return files.map((file) => {
    const about = described.find((one) => one.id === String(file.index));
    return keepFile(discord, channelId, file, about);
  });
}

/** Stores an uploaded file and makes the attachment that leads to it. */
export function keepFile(
  discord: Discord,
  channelId: string,
  file: UploadedFile,
  about?: AttachmentForm,
): Attachment {
  const filename = cleanName(about?.filename ?? file.filename);
  const row = {
    id: discord.world.ids.next(),
    channelId,
    filename,
    contentType: contentTypeOf(file),
    size: file.data.length,
  };
  discord.files.put(row, file.data);
  const url = discord.files.urlOf(row);
  return {
    id: row.id,
    filename,
    size: row.size,
    url,
    proxy_url: url,
    content_type: row.contentType,
    ...(about?.description === undefined ? {} : { description: about.description }),
  };
}

/** Discord keeps letters, digits, dots, dashes and underscores of a file's name. */
function cleanName(name: string): string {
  const clean = name.replace(/\s+/g, '_').replace(/[^\p{L}\p{N}._-]/gu, '');
  return clean === '' ? 'unknown' : clean;
}

function contentTypeOf(file: UploadedFile): string {
  if (/\.(txt|log|md|csv|ya?ml)$/i.test(file.filename)) return 'text/plain; charset=utf-8';
  return file.contentType === '' ? 'application/octet-stream' : file.contentType;
}

/** API: ISO8601 timestamp with microseconds and the offset written out. */
export function isoTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -1)}000+00:00`;
}
