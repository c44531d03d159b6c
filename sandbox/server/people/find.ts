import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { ChannelKind } from '../../world/kinds';
import { has } from '../../rules/permissions';
import type { ChannelRow, GuildRow, MessageRow, User } from '../../world/model';
import { permissionsIn } from '../access';
import type { Discord } from '../discord';
import { isThread } from '../views/channel-view';
import { ClientRefusal } from './refusal';

/** The user by id or username. */
export function findUser(discord: Discord, idOrName: string): User {
  const byId = discord.world.users.get(idOrName)?.user;
  if (byId !== undefined) return byId;
  for (const { user } of discord.world.users.values()) {
    if (user.username === idOrName) return user;
  }
  throw new ClientRefusal('unknown-person', `There is no user ${idOrName}.`);
}

/** The guild's channel by id or name. */
export function findChannel(discord: Discord, guildId: string, idOrName: string): ChannelRow {
  const byId = discord.world.channel(idOrName);
  if (byId?.guildId === guildId) return byId;
  const name = idOrName.replace(/^#/, '');
  for (const channel of discord.world.channelsOf(guildId).values()) {
    if (channel.name === name) return channel;
  }
  throw new ClientRefusal('unknown-channel', `There is no channel ${idOrName}.`);
}

/** A channel that this user sees. */
export function seenChannel(discord: Discord, userId: string, channelId: string): ChannelRow {
  const channel = discord.world.channel(channelId);
  if (channel === undefined || !has(permissionsIn(discord.world, channel, userId), P.ViewChannel)) {
    throw new ClientRefusal('unknown-channel', `This person sees no channel ${channelId}.`);
  }
  return channel;
}

/** The channels and threads that this user sees, in the order of the client's list. */
export function visibleChannels(discord: Discord, guild: GuildRow, userId: string): ChannelRow[] {
  return [...discord.world.channelsOf(guild.id).values()]
    .filter((channel) => has(permissionsIn(discord.world, channel, userId), P.ViewChannel))
    .sort((a, b) => a.position - b.position);
}

/** Where somebody types a command if nothing else is said: the first text channel they see. */
export function usualChannel(discord: Discord, guild: GuildRow, userId: string): ChannelRow {
  const found = visibleChannels(discord, guild, userId).find(
    (channel) => channel.type === ChannelKind.GuildText && !isThread(channel),
  );
  if (found === undefined) {
    throw new ClientRefusal('unknown-channel', 'This person sees no text channel at all.');
  }
  return found;
}

/** A message that this user sees. */
export function seenMessage(discord: Discord, userId: string, messageId: string): MessageRow {
  const row = discord.world.message(messageId);
  const hidden = row !== undefined && row.ephemeralFor !== null && row.ephemeralFor !== userId;
  if (row === undefined || hidden) {
    throw new ClientRefusal('unknown-message', `This person sees no message ${messageId}.`);
  }
  seenChannel(discord, userId, row.message.channel_id);
  return row;
}
