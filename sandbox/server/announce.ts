import { GatewayIntentBits as I } from 'discord-api-types/v10';
import { ChannelKind } from '../world/kinds';
import type { ChannelRow, GuildRow, JsonObject, MemberRow, MessageRow, Role } from '../world/model';
import { canView } from './access';
import { theApplication, type Discord } from './discord';
import { channelView } from './views/channel-view';
import { memberView } from './views/guild-view';
import { contentIsOpen, messageEvent, withoutContent } from './views/message-view';

/**
 * How the bots hear of what happened: which event, with which data, under which intents.
 * Source of the intents: https://discord.com/developers/docs/events/gateway#list-of-intents
 */

/** MESSAGE_CREATE or MESSAGE_UPDATE. Ephemeral messages are announced to nobody. */
export function announceMessage(
  discord: Discord,
  name: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE',
  row: MessageRow,
  channel: ChannelRow,
): void {
  if (row.ephemeralFor !== null) return;
  const { botId } = theApplication(discord.world);
  if (!canView(discord.world, channel, botId)) return;
  const data = messageEvent(discord, row, channel, botId);
  discord.dispatch({
    name,
    data,
    intents: channel.guildId === null ? I.DirectMessages : I.GuildMessages,
    guildId: channel.guildId,
    ...(contentIsOpen(row.message, channel, row.authorId, botId)
      ? {}
      : { withoutContent: () => withoutContent(data), contentIntent: I.MessageContent }),
  });
}

/** Something about a message of the channel that carries no content: deletions, pins, typing. */
export function announceInChannel(
  discord: Discord,
  name: string,
  data: JsonObject,
  channel: ChannelRow,
  intents: { guild: number; direct: number },
): void {
  const { botId } = theApplication(discord.world);
  if (!canView(discord.world, channel, botId)) return;
  const inGuild = channel.guildId !== null;
  discord.dispatch({
    name,
    data: inGuild ? { ...data, guild_id: channel.guildId } : data,
    intents: inGuild ? intents.guild : intents.direct,
    guildId: channel.guildId,
  });
}

export const MESSAGES = { guild: I.GuildMessages, direct: I.DirectMessages };
export const REACTIONS = { guild: I.GuildMessageReactions, direct: I.DirectMessageReactions };
export const TYPING = { guild: I.GuildMessageTyping, direct: I.DirectMessageTyping };

/** CHANNEL_CREATE, _UPDATE or _DELETE: bots hear of channels that they cannot see, too. */
export function announceChannel(
  discord: Discord,
  name: 'CHANNEL_CREATE' | 'CHANNEL_UPDATE' | 'CHANNEL_DELETE',
  channel: ChannelRow,
): void {
  discord.dispatch({
    name,
    data: channelView(channel),
    intents: I.Guilds,
    guildId: channel.guildId,
  });
}

/** A thread's events; private threads show only to those who see them. */
export function announceThread(
  discord: Discord,
  name: string,
  channel: ChannelRow,
  data: JsonObject,
): void {
  const { botId } = theApplication(discord.world);
  if (channel.type === ChannelKind.PrivateThread && !canView(discord.world, channel, botId)) return;
  discord.dispatch({ name, data, intents: I.Guilds, guildId: channel.guildId });
}

export function announceRole(
  discord: Discord,
  name: 'GUILD_ROLE_CREATE' | 'GUILD_ROLE_UPDATE',
  guild: GuildRow,
  role: Role,
): void {
  discord.dispatch({
    name,
    data: { guild_id: guild.id, role },
    intents: I.Guilds,
    guildId: guild.id,
  });
}

export function announceRoleGone(discord: Discord, guild: GuildRow, roleId: string): void {
  discord.dispatch({
    name: 'GUILD_ROLE_DELETE',
    data: { guild_id: guild.id, role_id: roleId },
    intents: I.Guilds,
    guildId: guild.id,
  });
}

/** A member's events need the privileged intent; a bot hears of changes to itself without it. */
export function announceMember(
  discord: Discord,
  name: 'GUILD_MEMBER_ADD' | 'GUILD_MEMBER_UPDATE',
  member: MemberRow,
): void {
  const own = member.user.id === theApplication(discord.world).botId;
  discord.dispatch({
    name,
    data: { ...memberView(discord.world, member), guild_id: member.guildId },
    intents: own ? 0 : I.GuildMembers,
    guildId: member.guildId,
  });
}

export function announceMemberGone(discord: Discord, member: MemberRow): void {
  discord.dispatch({
    name: 'GUILD_MEMBER_REMOVE',
    data: { guild_id: member.guildId, user: discord.world.users.get(member.user.id)?.user },
    intents: I.GuildMembers,
    guildId: member.guildId,
  });
}

export function announceWebhooks(discord: Discord, channel: ChannelRow): void {
  discord.dispatch({
    name: 'WEBHOOKS_UPDATE',
    data: { guild_id: channel.guildId, channel_id: channel.id },
    intents: I.GuildWebhooks,
    guildId: channel.guildId,
  });
}
