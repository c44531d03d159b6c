import { discordError } from '../../rules/errors';
import { canView, requireGuild } from '../access';
import { createRole, deleteRole, editRole, moveRoles } from '../guilds/roles';
import {
  addRole,
  banMember,
  editMember,
  editOwnMember,
  kickMember,
  removeRole,
  unban,
} from '../guilds/members';
import { theApplication } from '../discord';
import { Fields, required } from '../fields';
import { userOf } from '../messages/store-message';
import { channelView, threadMemberView } from '../views/channel-view';
import { guildView, memberView } from '../views/guild-view';
import { bot, noContent, ok, type Route } from './call';

export const guildRoutes: Route[] = [
  bot('GET', '/guilds/:guildId', (discord, call) => {
    const { guild } = requireGuild(discord.world, call.actor, call.id('guildId'));
    if (!call.flag('with_counts')) return ok(guildView(guild));
    const count = discord.world.membersOf(guild.id).size;
    return ok({
      ...guildView(guild),
      approximate_member_count: count,
      approximate_presence_count: count,
    });
  }),
  bot('GET', '/guilds/:guildId/threads/active', (discord, call) => {
    const { guild } = requireGuild(discord.world, call.actor, call.id('guildId'));
    const threads = [...discord.world.channelsOf(guild.id).values()].filter(
      (channel) =>
        channel.thread?.metadata.archived === false &&
        canView(discord.world, channel, call.actor.userId),
    );
    return ok({
      threads: threads.map(channelView),
      members: threads
        .map((thread) => threadMemberView(thread, call.actor.userId))
        .filter((member) => member !== undefined),
      has_more: false,
    });
  }),

  bot('GET', '/guilds/:guildId/roles', (discord, call) =>
    ok(requireGuild(discord.world, call.actor, call.id('guildId')).guild.roles),
  ),
  bot('POST', '/guilds/:guildId/roles', (discord, call) => {
    const role = createRole(discord, call.actor, call.id('guildId'), call.body);
    return ok(role, role.id);
  }),
  bot('PATCH', '/guilds/:guildId/roles', (discord, call) =>
    ok(moveRoles(discord, call.actor, call.id('guildId'), call.body)),
  ),
  bot('GET', '/guilds/:guildId/roles/:roleId', (discord, call) => {
    const { guild } = requireGuild(discord.world, call.actor, call.id('guildId'));
    const role = guild.roles.find((one) => one.id === call.id('roleId'));
    if (role === undefined) throw discordError('unknownRole');
    return ok(role);
  }),
  bot('PATCH', '/guilds/:guildId/roles/:roleId', (discord, call) => {
    const { actor, body } = call;
    const role = editRole(discord, actor, call.id('guildId'), call.id('roleId'), body);
    return ok(role, role.id);
  }),
  bot('DELETE', '/guilds/:guildId/roles/:roleId', (discord, call) => {
    deleteRole(discord, call.actor, call.id('guildId'), call.id('roleId'));
    return noContent(call.id('roleId'));
  }),

  bot('GET', '/guilds/:guildId/members', (discord, call) => {
    const { guild } = requireGuild(discord.world, call.actor, call.id('guildId'));
    if (!theApplication(discord.world).privilegedIntents.members)
      throw discordError('missingAccess');
    const after = BigInt(call.snowflake('after') ?? '0');
    const members = [...discord.world.membersOf(guild.id).values()]
      .filter((member) => BigInt(member.user.id) > after)
      .sort((a, b) => (BigInt(a.user.id) < BigInt(b.user.id) ? -1 : 1))
      .slice(0, call.number('limit', 1, 1, 1000));
    return ok(members.map((member) => memberView(discord.world, member)));
  }),
  bot('GET', '/guilds/:guildId/members/search', (discord, call) => {
    const { guild } = requireGuild(discord.world, call.actor, call.id('guildId'));
    const query = required(call.query.get('query') ?? undefined, 'query').toLowerCase();
    const members = [...discord.world.membersOf(guild.id).values()].filter((member) => {
      const { username, global_name: name } = userOf(discord, member.user.id);
      return [member.nick, name, username].some((one) => one?.toLowerCase().startsWith(query));
    });
    const limit = call.number('limit', 1, 1, 1000);
    return ok(members.slice(0, limit).map((member) => memberView(discord.world, member)));
  }),
  bot('PATCH', '/guilds/:guildId/members/@me', (discord, call) => {
    const member = editOwnMember(discord, call.actor, call.id('guildId'), call.body);
    return ok(memberView(discord.world, member), member.user.id);
  }),
  bot('GET', '/guilds/:guildId/members/:userId', (discord, call) => {
    const { guild } = requireGuild(discord.world, call.actor, call.id('guildId'));
    const userId = call.id('userId');
    const member = discord.world.member(guild.id, userId);
    if (member === undefined) {
      throw discordError(discord.world.users.has(userId) ? 'unknownMember' : 'unknownUser');
    }
    return ok(memberView(discord.world, member));
  }),
  bot('PATCH', '/guilds/:guildId/members/:userId', (discord, call) => {
    const { actor, body } = call;
    const member = editMember(discord, actor, call.id('guildId'), call.id('userId'), body);
    return ok(memberView(discord.world, member), member.user.id);
  }),
  bot('DELETE', '/guilds/:guildId/members/:userId', (discord, call) => {
    kickMember(discord, call.actor, call.id('guildId'), call.id('userId'));
    return noContent(call.id('userId'));
  }),
  bot('PUT', '/guilds/:guildId/members/:userId/roles/:roleId', (discord, call) => {
    const { actor } = call;
    addRole(discord, actor, call.id('guildId'), call.id('userId'), call.id('roleId'));
    return noContent(call.id('userId'));
  }),
  bot('DELETE', '/guilds/:guildId/members/:userId/roles/:roleId', (discord, call) => {
    const { actor } = call;
    removeRole(discord, actor, call.id('guildId'), call.id('userId'), call.id('roleId'));
    return noContent(call.id('userId'));
  }),

  bot('GET', '/guilds/:guildId/bans/:userId', (discord, call) => {
    const { guild } = requireGuild(discord.world, call.actor, call.id('guildId'));
    const ban = guild.bans[call.id('userId')];
    if (ban === undefined) throw discordError('unknownBan');
    return ok({ ...ban, user: userOf(discord, call.id('userId')) });
  }),
  bot('PUT', '/guilds/:guildId/bans/:userId', (discord, call) => {
    const reason = Fields.of(call.body).string('reason') ?? null;
    banMember(discord, call.actor, call.id('guildId'), call.id('userId'), reason);
    return noContent(call.id('userId'));
  }),
  bot('DELETE', '/guilds/:guildId/bans/:userId', (discord, call) => {
    unban(discord, call.actor, call.id('guildId'), call.id('userId'));
    return noContent(call.id('userId'));
  }),
];
