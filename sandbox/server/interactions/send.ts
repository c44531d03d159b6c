import { InteractionType } from 'discord-api-types/v10';
import { permissionsIn } from '../access';
import { theApplication, type Discord } from '../discord';
import { directChannelView } from '../views/channel-view';
import { memberView } from '../views/guild-view';
import { userOf } from '../messages/store-message';
import type { ChannelRow, InteractionRow, JsonObject } from '../../world/model';
import { interactionToken } from './token';

/** An application has this long to acknowledge an interaction, in milliseconds. */
export const ACKNOWLEDGE_WITHIN = 3_000;
/** An interaction's token is good for this long, in milliseconds. */
export const TOKEN_LIFETIME = 15 * 60_000;
/** Above this many interactions in memory, those whose token has expired are forgotten. */
const PRUNE_ABOVE = 2_000;

/** What a person did that the application has to hear of. */
export interface NewInteraction {
  type: InteractionType;
  userId: string;
  channel: ChannelRow;
  label: string;
  commandName?: string;
  commandId?: string;
  data: JsonObject;
  /** The interaction that was answered with the form that this one submits. */
  openedBy?: string;
  /** The message that carries the component, as this user sees it. */
  message?: JsonObject & { id: string };
}

/**
 * Sends an interaction to the application and starts its three seconds.
 * @param watch is called before anything is sent, so that the sender misses no change
 */
export function sendInteraction(
  discord: Discord,
  made: NewInteraction,
  watch: (id: string) => void,
): InteractionRow {
  const { world } = discord;
  const id = world.ids.next();
  const row: InteractionRow = {
    id,
    token: interactionToken(id),
    type: made.type,
    label: made.label,
    commandName: made.commandName ?? null,
    commandId: made.commandId ?? null,
    userId: made.userId,
    guildId: made.channel.guildId,
    channelId: made.channel.id,
    sentAt: discord.preciseNow(),
    status: 'pending',
    ack: null,
    sourceMessageId: made.message?.id ?? null,
    openedBy: made.openedBy ?? null,
    originalId: null,
    loading: false,
    ephemeral: false,
    followupIds: [],
    modal: null,
    choices: null,
    revision: 0,
    updated: false,
  };
  if (world.interactions.size > PRUNE_ABOVE) pruneInteractions(discord);
  world.interactions.set(id, row);
  watch(id);
  note(discord, row, 'sent');
  armDeadline(discord, row);
  discord.dispatch({
    name: 'INTERACTION_CREATE',
    data: payloadOf(discord, row, made),
    intents: 0,
    guildId: made.channel.guildId,
  });
  return row;
}

/** After three seconds without an acknowledgement, the person is told that nobody answered. */
export function armDeadline(discord: Discord, row: InteractionRow): void {
  const left = row.sentAt + ACKNOWLEDGE_WITHIN - discord.preciseNow();
  const timer = setTimeout(
    () => {
      if (row.status !== 'pending') return;
      row.status = 'failed';
      row.revision += 1;
      discord.world.interactions.touch(row.id);
      note(discord, row, 'failed');
      discord.watchers.interactionChanged(row.id);
    },
    Math.max(0, left),
  );
  timer.unref();
}

/** Writes a step of the interaction's life into the journal. */
export function note(
  discord: Discord,
  row: InteractionRow,
  what: 'sent' | 'acknowledged' | 'answered' | 'failed',
): void {
  discord.journal.add({
    kind: 'interaction',
    what,
    id: row.id,
    userId: row.userId,
    label: row.label,
    type: row.type,
    ack: row.ack?.kind ?? null,
    ms: discord.preciseNow() - row.sentAt,
  });
}

function pruneInteractions(discord: Discord): void {
  const oldest = discord.now() - TOKEN_LIFETIME;
  for (const row of discord.world.interactions.values()) {
    if (row.sentAt < oldest) discord.world.interactions.delete(row.id);
    else break;
  }
}

function payloadOf(discord: Discord, row: InteractionRow, made: NewInteraction): JsonObject {
  const { world } = discord;
  const application = theApplication(world);
  const { channel } = made;
  const user = userOf(discord, row.userId);
  const payload: JsonObject = {
    version: 1,
    type: row.type,
    token: row.token,
    locale: 'en-US',
    id: row.id,
    entitlements: [],
    entitlement_sku_ids: [],
    data: made.data,
    context: channel.guildId === null ? 1 : 0,
    channel_id: channel.id,
    channel: channelOf(discord, channel, row.userId, application.botId),
    authorizing_integration_owners: owners(channel.guildId),
    attachment_size_limit: 10_485_760,
    application_id: application.id,
    app_permissions: permissionsIn(world, channel, application.botId).toString(),
  };
  if (made.message !== undefined) payload['message'] = made.message;
  const guild = channel.guildId === null ? undefined : world.guilds.get(channel.guildId);
  const member = channel.guildId === null ? undefined : world.member(channel.guildId, row.userId);
  if (guild === undefined || member === undefined) {
    payload['user'] = user;
    return payload;
  }
  payload['guild_id'] = guild.id;
  payload['guild_locale'] = guild.preferredLocale;
  payload['guild'] = { id: guild.id, locale: guild.preferredLocale, features: guild.features };
  payload['member'] = {
    ...memberView(world, member),
    permissions: permissionsIn(world, channel, row.userId).toString(),
  };
  return payload;
}

/** Who installed the application where the interaction happened. */
export function owners(guildId: string | null): JsonObject {
  return { '0': guildId ?? '0' };
}

/** A channel as interactions show it: with what the user may do there. */
export function partialChannel(discord: Discord, channel: ChannelRow, userId: string): JsonObject {
  const partial: JsonObject = {
    id: channel.id,
    type: channel.type,
    name: channel.name,
    flags: channel.flags,
    guild_id: channel.guildId,
    parent_id: channel.parentId,
    permissions: permissionsIn(discord.world, channel, userId).toString(),
    last_message_id: channel.lastMessageId,
  };
  if (channel.thread === null) {
    partial['position'] = channel.position;
    partial['nsfw'] = channel.nsfw;
    partial['topic'] = channel.topic;
    partial['rate_limit_per_user'] = channel.slowmode;
  } else {
    partial['thread_metadata'] = channel.thread.metadata;
    partial['owner_id'] = channel.thread.ownerId;
  }
  return partial;
}

function channelOf(
  discord: Discord,
  channel: ChannelRow,
  userId: string,
  botId: string,
): JsonObject {
  if (channel.guildId !== null) return partialChannel(discord, channel, userId);
  const other = channel.recipients.find((id) => id !== botId) ?? userId;
  return directChannelView(channel, userOf(discord, other));
}

/** Whether the interaction is one that shows a message's components or comes from one. */
export function hasSource(row: InteractionRow): boolean {
  return (
    row.sourceMessageId !== null &&
    (row.type === InteractionType.MessageComponent || row.type === InteractionType.ModalSubmit)
  );
}
