import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { ChannelKind } from '../world/kinds';
import { discordError } from '../rules/errors';
import {
  ALL_PERMISSIONS,
  channelPermissions,
  guildPermissions,
  has,
  threadPermissions,
} from '../rules/permissions';
import type { ChannelRow, GuildRow, MemberRow, Role } from '../world/model';
import type { World } from '../world/world';
import type { Actor } from './discord';

/** What somebody may do in their own direct messages. */
const IN_DIRECT_MESSAGES =
  P.ViewChannel |
  P.SendMessages |
  P.ReadMessageHistory |
  P.EmbedLinks |
  P.AttachFiles |
  P.AddReactions |
  P.UseApplicationCommands |
  P.PinMessages |
  P.MentionEveryone;

/** The guild with the actor's membership in it. */
export interface GuildAccess {
  guild: GuildRow;
  member: MemberRow;
  permissions: bigint;
}

/** The channel with what the actor may do there. */
export interface ChannelAccess {
  channel: ChannelRow;
  permissions: bigint;
}

export function roleOf(guild: GuildRow, id: string): Role | undefined {
  return guild.roles.find((role) => role.id === id);
}

/** What a user may do in a channel, thread or direct messages; 0n for strangers. */
export function permissionsIn(world: World, channel: ChannelRow, userId: string): bigint {
  if (channel.guildId === null) {
    return channel.recipients.includes(userId) ? IN_DIRECT_MESSAGES : 0n;
  }
  const guild = world.guilds.get(channel.guildId);
  const member = world.member(channel.guildId, userId);
  if (guild === undefined || member === undefined) return 0n;
  if (channel.thread === null) return channelPermissions(guild, member, channel, world.now());
  const parent = channel.parentId === null ? undefined : world.channel(channel.parentId);
  return threadPermissions(
    guild,
    member,
    parent ?? {},
    {
      isPrivate: channel.type === ChannelKind.PrivateThread,
      isMember: channel.thread.members[userId] !== undefined,
    },
    world.now(),
  );
}

/** Whether the user sees the channel. */
export function canView(world: World, channel: ChannelRow, userId: string): boolean {
  return has(permissionsIn(world, channel, userId), P.ViewChannel);
}

/**
 * The channel, if the actor sees it and has these permissions there.
 * @throws 10003 where there is none, 50001 where it is not seen, 50013 where a permission is missing
 */
export function requireChannel(
  world: World,
  actor: Actor,
  channelId: string,
  needed = 0n,
): ChannelAccess {
  const channel = world.channel(channelId);
  if (channel === undefined) throw discordError('unknownChannel');
  const permissions = permissionsIn(world, channel, actor.userId);
  if (!has(permissions, P.ViewChannel)) throw discordError('missingAccess');
  if (!has(permissions, needed)) throw discordError('missingPermissions');
  return { channel, permissions };
}

/**
 * The guild, if the actor is in it and has these permissions.
 * @throws 10004 where there is none, 50001 where the actor is no member, 50013 without the permission
 */
export function requireGuild(
  world: World,
  actor: Actor,
  guildId: string,
  needed = 0n,
): GuildAccess {
  const guild = world.guilds.get(guildId);
  if (guild === undefined) throw discordError('unknownGuild');
  const member = world.member(guildId, actor.userId);
  if (member === undefined) throw discordError('missingAccess');
  const permissions = guildPermissions(guild, member, world.now());
  if (!has(permissions, needed)) throw discordError('missingPermissions');
  return { guild, member, permissions };
}

/** What a member may do in the guild as a whole; 0n for strangers. */
export function permissionsInGuild(world: World, guild: GuildRow, userId: string): bigint {
  const member = world.member(guild.id, userId);
  return member === undefined ? 0n : guildPermissions(guild, member, world.now());
}

/** Whether the permissions hold Administrator, which lifts every overwrite. */
export function isAll(permissions: bigint): boolean {
  return permissions === ALL_PERMISSIONS;
}
