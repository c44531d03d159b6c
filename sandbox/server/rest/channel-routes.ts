import { discordError } from '../../rules/errors';
import { requireChannel } from '../access';
import {
  createChannel,
  deleteChannel,
  deleteOverwrite,
  editChannel,
  moveChannels,
  putOverwrite,
} from '../channels/channels';
import type { Discord } from '../discord';
import { channelView, directChannelView, isThread } from '../views/channel-view';
import { userOf } from '../messages/store-message';
import { requireGuild } from '../access';
import type { ChannelRow, JsonObject } from '../../world/model';
import { editThread } from '../channels/threads';
import { bot, created, noContent, ok, type Route } from './call';

/** API: any channel, as this user sees it. */
export function anyChannelView(
  discord: Discord,
  channel: ChannelRow,
  viewerId: string,
): JsonObject {
  if (channel.guildId !== null) return channelView(channel);
  const other = channel.recipients.find((id) => id !== viewerId) ?? viewerId;
  return directChannelView(channel, userOf(discord, other));
}

export const channelRoutes: Route[] = [
  bot('GET', '/channels/:channelId', (discord, call) => {
    const { channel } = requireChannel(discord.world, call.actor, call.id('channelId'));
    return ok(anyChannelView(discord, channel, call.actor.userId));
  }),
  bot('PATCH', '/channels/:channelId', (discord, call) => {
    const channel = discord.world.channel(call.id('channelId'));
    if (channel === undefined) throw discordError('unknownChannel');
    const edited = isThread(channel)
      ? editThread(discord, call.actor, channel, call.body)
      : editChannel(discord, call.actor, channel, call.body);
    return ok(channelView(edited), edited.id);
  }),
  bot('DELETE', '/channels/:channelId', (discord, call) => {
    const channel = deleteChannel(discord, call.actor, call.id('channelId'));
    return ok(anyChannelView(discord, channel, call.actor.userId), channel.id);
  }),
  bot('PUT', '/channels/:channelId/permissions/:overwriteId', (discord, call) => {
    const target = call.id('overwriteId');
    putOverwrite(discord, call.actor, call.id('channelId'), target, call.body);
    return noContent(target);
  }),
  bot('DELETE', '/channels/:channelId/permissions/:overwriteId', (discord, call) => {
    const target = call.id('overwriteId');
    deleteOverwrite(discord, call.actor, call.id('channelId'), target);
    return noContent(target);
  }),
  bot('GET', '/guilds/:guildId/channels', (discord, call) => {
    const { guild } = requireGuild(discord.world, call.actor, call.id('guildId'));
    const channels = [...discord.world.channelsOf(guild.id).values()];
    return ok(channels.filter((channel) => !isThread(channel)).map(channelView));
  }),
  bot('POST', '/guilds/:guildId/channels', (discord, call) => {
    const channel = createChannel(discord, call.actor, call.id('guildId'), call.body);
    return created(channelView(channel), channel.id);
  }),
  bot('PATCH', '/guilds/:guildId/channels', (discord, call) => {
    moveChannels(discord, call.actor, call.id('guildId'), call.body);
    return noContent();
  }),
];
