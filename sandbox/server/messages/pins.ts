import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { MessageKind } from '../../world/kinds';
import { discordError } from '../../rules/errors';
import { has } from '../../rules/permissions';
import type { ChannelRow, MessageRow } from '../../world/model';
import { requireChannel } from '../access';
import { announceInChannel, announceMessage } from '../announce';
import { GatewayIntentBits as I } from 'discord-api-types/v10';
import type { Actor, Discord } from '../discord';
import { readMessageForm } from './message-form';
import { requireMessage } from './messages';
import { isoTime, storeMessage, userOf } from './store-message';

/** Pinned messages of one channel; 50 until 2025. Source: discord-api-docs pull request 8426. */
const MOST_PINS = 250;

/** The pinned messages, the newest pin first. */
export function listPins(discord: Discord, actor: Actor, channelId: string): MessageRow[] {
  const { channel, permissions } = requireChannel(discord.world, actor, channelId);
  if (!has(permissions, P.ReadMessageHistory)) return [];
  return pinsOf(discord, channel);
}

function pinsOf(discord: Discord, channel: ChannelRow): MessageRow[] {
  return discord.world
    .messagesOf(channel.id)
    .all()
    .filter((row) => row.pinnedAt !== null)
    .sort((a, b) => ((a.pinnedAt ?? '') < (b.pinnedAt ?? '') ? 1 : -1));
}

export function pinMessage(
  discord: Discord,
  actor: Actor,
  channelId: string,
  messageId: string,
): void {
  const { channel, permissions } = requireChannel(discord.world, actor, channelId, P.PinMessages);
  const row = requireMessage(discord, channelId, messageId, actor.userId);
  if (row.pinnedAt !== null) return;
  if (pinsOf(discord, channel).length >= MOST_PINS) throw discordError('maximumPins');
  setPin(discord, channel, row, isoTime(discord.now()));
  storeMessage(discord, {
    channel,
    author: userOf(discord, actor.userId),
    authorId: actor.userId,
    permissions,
    form: {
      ...readMessageForm({}, [], channelId),
      reference: { type: 0, message_id: messageId, channel_id: channelId, failIfNotExists: false },
    },
    type: MessageKind.ChannelPinnedMessage,
    flags: 0,
  });
}

export function unpinMessage(
  discord: Discord,
  actor: Actor,
  channelId: string,
  messageId: string,
): void {
  const { channel } = requireChannel(discord.world, actor, channelId, P.PinMessages);
  const row = requireMessage(discord, channelId, messageId, actor.userId);
  if (row.pinnedAt !== null) setPin(discord, channel, row, null);
}

function setPin(discord: Discord, channel: ChannelRow, row: MessageRow, at: string | null): void {
  row.pinnedAt = at;
  row.message.pinned = at !== null;
  if (at !== null) channel.lastPinTimestamp = at;
  discord.world.touchMessage(row.message.id);
  discord.world.touchChannel(channel.id);
  announceMessage(discord, 'MESSAGE_UPDATE', row, channel);
  announceInChannel(
    discord,
    'CHANNEL_PINS_UPDATE',
    { channel_id: channel.id, last_pin_timestamp: channel.lastPinTimestamp },
    channel,
    { guild: I.Guilds, direct: I.DirectMessages },
  );
}
