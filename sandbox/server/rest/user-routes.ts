import { ChannelKind } from '../../world/kinds';
import { discordError } from '../../rules/errors';
import type { ChannelRow } from '../../world/model';
import { emptyChannel } from '../channels/channels';
import { theApplication, type Discord } from '../discord';
import { Fields, required } from '../fields';
import { permissionsInGuild } from '../access';
import { userOf } from '../messages/store-message';
import { directChannelView } from '../views/channel-view';
import { memberView } from '../views/guild-view';
import { bot, ok, type Route } from './call';

/** The direct messages of two users, opened if need be. */
export function openDirectMessages(discord: Discord, a: string, b: string): ChannelRow {
  const known = discord.world.directChannel(a, b);
  if (known !== undefined) return known;
  const channel: ChannelRow = {
    ...emptyChannel(discord.world.ids.next(), ChannelKind.DM, null),
    recipients: [a, b],
  };
  discord.world.addChannel(channel);
  return channel;
}

export const userRoutes: Route[] = [
  bot('GET', '/users/@me', (discord, call) =>
    ok({
      ...userOf(discord, call.actor.userId),
      mfa_enabled: true,
      locale: 'en-US',
      verified: true,
      email: null,
      premium_type: 0,
    }),
  ),
  bot('PATCH', '/users/@me', (discord, call) => {
    const row = discord.world.users.get(call.actor.userId);
    if (row === undefined) throw discordError('unknownUser');
    row.user.username = Fields.of(call.body).string('username') ?? row.user.username;
    discord.world.users.touch(row.user.id);
    return ok({ ...row.user, mfa_enabled: true, locale: 'en-US' });
  }),
  bot('GET', '/users/@me/guilds', (discord, call) => {
    const guilds = [...discord.world.guilds.values()].filter(
      (guild) => discord.world.member(guild.id, call.actor.userId) !== undefined,
    );
    return ok(
      guilds.map((guild) => ({
        id: guild.id,
        name: guild.name,
        icon: null,
        banner: null,
        owner: guild.owner_id === call.actor.userId,
        permissions: permissionsInGuild(discord.world, guild, call.actor.userId).toString(),
        features: guild.features,
        ...(call.flag('with_counts')
          ? {
              approximate_member_count: discord.world.membersOf(guild.id).size,
              approximate_presence_count: 1,
            }
          : {}),
      })),
    );
  }),
  bot('GET', '/users/@me/guilds/:guildId/member', (discord, call) => {
    const member = discord.world.member(call.id('guildId'), call.actor.userId);
    if (member === undefined) throw discordError('unknownMember');
    return ok(memberView(discord.world, member));
  }),
  bot('POST', '/users/@me/channels', (discord, call) => {
    const other = required(Fields.of(call.body).string('recipient_id'), 'recipient_id');
    const { botId } = theApplication(discord.world);
    const user = discord.world.users.get(other)?.user;
    if (user === undefined) throw discordError('unknownUser');
    if (other === botId) throw discordError('invalidRecipients');
    const channel = openDirectMessages(discord, call.actor.userId, other);
    return ok(directChannelView(channel, user), channel.id);
  }),
  bot('GET', '/users/:userId', (discord, call) => {
    const user = discord.world.users.get(call.id('userId'))?.user;
    if (user === undefined) throw discordError('unknownUser');
    return ok(user);
  }),
];
