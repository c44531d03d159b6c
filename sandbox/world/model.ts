import type { InteractionType } from 'discord-api-types/v10';

/**
 * What the local Discord remembers. Every row is plain JSON, and where Discord has an object of
 * its own the row holds it in the very shape that the API shows, so that showing it costs nothing.
 */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = Record<string, unknown>;

/** A user as every other user sees it (API: User). */
export interface User {
  id: string;
  username: string;
  discriminator: string;
  global_name: string | null;
  avatar: string | null;
  banner: string | null;
  accent_color: number | null;
  bot?: boolean;
  public_flags: number;
  flags: number;
  primary_guild: null;
}

export interface UserRow {
  user: User;
  /** false: direct messages of others are refused with 50007. */
  dmsOpen: boolean;
}

/** API: Role. */
export interface Role {
  id: string;
  name: string;
  description: string | null;
  permissions: string;
  position: number;
  color: number;
  colors: { primary_color: number; secondary_color: number | null; tertiary_color: number | null };
  hoist: boolean;
  managed: boolean;
  mentionable: boolean;
  icon: null;
  unicode_emoji: null;
  flags: number;
  tags?: { bot_id?: string };
}

export interface GuildRow {
  id: string;
  name: string;
  owner_id: string;
  description: string | null;
  preferredLocale: string;
  features: string[];
  roles: Role[];
  bans: Record<string, { reason: string | null }>;
}

export interface MemberRow {
  guildId: string;
  user: { id: string };
  nick: string | null;
  roles: string[];
  joinedAt: string;
  communication_disabled_until: string | null;
  pending: boolean;
  flags: number;
}

/** API: Overwrite. `type` 0 is a role's, 1 a member's. */
export interface Overwrite {
  id: string;
  type: 0 | 1;
  allow: string;
  deny: string;
}

export interface ThreadMetadata {
  archived: boolean;
  auto_archive_duration: number;
  archive_timestamp: string;
  locked: boolean;
  invitable?: boolean;
  create_timestamp: string;
}

export interface ThreadMemberRow {
  joinedAt: string;
  flags: number;
}

export interface ForumTag {
  id: string;
  name: string;
  moderated: boolean;
  emoji_id: string | null;
  emoji_name: string | null;
}

/** Any channel: text, category, voice, announcement, forum, thread or direct messages. */
export interface ChannelRow {
  id: string;
  type: number;
  flags: number;
  lastMessageId: string | null;
  lastPinTimestamp: string | null;
  /** Absent in direct messages. */
  guildId: string | null;
  name: string;
  topic: string | null;
  position: number;
  parentId: string | null;
  nsfw: boolean;
  slowmode: number;
  permission_overwrites: Overwrite[];
  defaultAutoArchive: number | null;
  bitrate: number | null;
  userLimit: number | null;
  /** Of a forum. */
  availableTags: ForumTag[];
  thread: {
    ownerId: string;
    metadata: ThreadMetadata;
    messageCount: number;
    totalMessages: number;
    members: Record<string, ThreadMemberRow>;
    appliedTags: string[];
  } | null;
  /** The two users of direct messages. */
  recipients: string[];
}

export interface Attachment {
  id: string;
  filename: string;
  size: number;
  url: string;
  proxy_url: string;
  content_type?: string;
  description?: string;
  title?: string;
  ephemeral?: boolean;
  width?: number | null;
  height?: number | null;
}

export interface Emoji {
  id: string | null;
  name: string;
  animated?: boolean;
}

export interface ReactionRow {
  emoji: Emoji;
  users: string[];
}

export interface MessageReference {
  type: number;
  message_id?: string;
  channel_id: string;
  guild_id?: string;
}

/** A component of a message or a modal; fields depend on `type`. */
export interface Component {
  type: number;
  id?: number;
  custom_id?: string;
  label?: string;
  description?: string;
  style?: number;
  url?: string;
  disabled?: boolean;
  placeholder?: string;
  min_values?: number;
  max_values?: number;
  min_length?: number;
  max_length?: number;
  required?: boolean;
  value?: string;
  content?: string;
  options?: { label: string; value: string; description?: string; default?: boolean }[];
  channel_types?: number[];
  components?: Component[];
  component?: Component;
  accessory?: Component;
  [key: string]: unknown;
}

/** A message as the API shows it, but for reactions, which depend on who looks. */
export interface Message {
  id: string;
  channel_id: string;
  type: number;
  content: string;
  author: User;
  mentions: User[];
  mention_roles: string[];
  mention_everyone: boolean;
  attachments: Attachment[];
  embeds: JsonObject[];
  components: Component[];
  timestamp: string;
  edited_timestamp: string | null;
  pinned: boolean;
  tts: boolean;
  flags: number;
  nonce?: string | number;
  webhook_id?: string;
  application_id?: string;
  message_reference?: MessageReference;
  interaction_metadata?: JsonObject;
  thread?: JsonObject;
  poll?: JsonObject;
  position?: number;
  sticker_items?: JsonObject[];
}

export interface MessageRow {
  message: Message;
  guildId: string | null;
  authorId: string;
  /** Only this user sees the message (and the bot through its interaction's webhook). */
  ephemeralFor: string | null;
  reactions: ReactionRow[];
  pinnedAt: string | null;
  /** How often it was edited. */
  edits: number;
  /** The interaction whose webhook made it. */
  interactionId: string | null;
}

export interface AttachmentRow {
  id: string;
  channelId: string;
  filename: string;
  contentType: string;
  size: number;
}

export interface CommandOption {
  type: number;
  name: string;
  description: string;
  required?: boolean;
  choices?: { name: string; value: string | number }[];
  options?: CommandOption[];
  autocomplete?: boolean;
  channel_types?: number[];
  min_value?: number;
  max_value?: number;
  min_length?: number;
  max_length?: number;
  [key: string]: unknown;
}

/** API: ApplicationCommand. */
export interface Command {
  id: string;
  application_id: string;
  version: string;
  type: number;
  name: string;
  name_localizations: JsonObject | null;
  description: string;
  description_localizations: JsonObject | null;
  default_member_permissions: string | null;
  dm_permission: boolean;
  contexts: number[] | null;
  integration_types: number[];
  nsfw: boolean;
  guild_id?: string;
  options?: CommandOption[];
}

export interface CommandPermission {
  id: string;
  type: number;
  permission: boolean;
}

export interface WebhookRow {
  id: string;
  token: string;
  guildId: string;
  channelId: string;
  name: string | null;
  userId: string;
}

/** How an interaction was acknowledged, named after the callback's type. */
export type AckKind =
  'pong' | 'message' | 'deferred' | 'deferredUpdate' | 'update' | 'autocomplete' | 'modal';

export interface InteractionRow {
  id: string;
  token: string;
  type: InteractionType;
  /** The command's name with its subcommands, or the component's or modal's custom_id. */
  label: string;
  commandName: string | null;
  commandId: string | null;
  userId: string;
  guildId: string | null;
  channelId: string;
  sentAt: number;
  status: 'pending' | 'acknowledged' | 'failed';
  ack: { kind: AckKind; ms: number } | null;
  /** The message that carries the component. */
  sourceMessageId: string | null;
  /** Of a submitted form: the interaction that it was the answer to. */
  openedBy: string | null;
  /** What `@original` names. */
  originalId: string | null;
  /** The answer is still "thinking". */
  loading: boolean;
  /** A deferred answer was asked to be ephemeral. */
  ephemeral: boolean;
  followupIds: string[];
  modal: { custom_id: string; title: string; components: Component[] } | null;
  choices: { name: string; value: string | number }[] | null;
  /** Counts what happened to the answer, so that a watcher can tell a change from a repetition. */
  revision: number;
  /** `@original` was edited after a deferred update. */
  updated: boolean;
}

export interface SessionRow {
  id: string;
  applicationId: string;
  intents: number;
  shard: [number, number] | null;
  largeThreshold: number;
  seq: number;
  /** Everything up to here was confirmed by a heartbeat. */
  confirmed: number;
}

export interface ApplicationRow {
  id: string;
  name: string;
  description: string;
  botId: string;
  token: string;
  ownerId: string;
  /** Which privileged intents the application may ask for. */
  privilegedIntents: { members: boolean; presences: boolean; messageContent: boolean };
}
