import { GatewayIntentBits as I, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { discordError } from '../../rules/errors';
import { canAssignRole, isAboveMember } from '../../rules/role-hierarchy';
import { checkMemberEdit } from '../../rules/validation/guild';
import type { GuildRow, MemberRow } from '../../world/model';
import { requireGuild, roleOf, type GuildAccess } from '../access';
import { announceMember, announceMemberGone } from '../announce';
import type { Actor, Discord } from '../discord';
import { Fields } from '../fields';
import { isoTime, userOf } from '../messages/store-message';

function requireMember(discord: Discord, guildId: string, userId: string): MemberRow {
  const member = discord.world.member(guildId, userId);
  if (member !== undefined) return member;
  throw discordError(discord.world.users.has(userId) ? 'unknownMember' : 'unknownUser');
}

export function addRole(
  discord: Discord,
  actor: Actor,
  guildId: string,
  userId: string,
  roleId: string,
): void {
  const member = requireAssignable(discord, actor, guildId, userId, roleId);
  if (member.roles.includes(roleId)) return;
  member.roles = [...member.roles, roleId];
  changed(discord, member);
}

export function removeRole(
  discord: Discord,
  actor: Actor,
  guildId: string,
  userId: string,
  roleId: string,
): void {
  const member = requireAssignable(discord, actor, guildId, userId, roleId);
  if (!member.roles.includes(roleId)) return;
  member.roles = member.roles.filter((id) => id !== roleId);
  changed(discord, member);
}

function requireAssignable(
  discord: Discord,
  actor: Actor,
  guildId: string,
  userId: string,
  roleId: string,
): MemberRow {
  const access = requireGuild(discord.world, actor, guildId, P.ManageRoles);
  const member = requireMember(discord, guildId, userId);
  requireRole(discord, access, roleId);
  return member;
}

function requireRole(discord: Discord, access: GuildAccess, roleId: string): void {
  const role = roleOf(access.guild, roleId);
  if (role === undefined) throw discordError('unknownRole');
  if (role.managed || roleId === access.guild.id) throw discordError('missingPermissions');
  if (!canAssignRole(access.guild, access.member, role, discord.now())) {
    throw discordError('missingPermissions');
  }
}

/** Changes another member: nickname, roles, time-out. */
export function editMember(
  discord: Discord,
  actor: Actor,
  guildId: string,
  userId: string,
  body: unknown,
): MemberRow {
  const access = requireGuild(discord.world, actor, guildId);
  const member = requireMember(discord, guildId, userId);
  checkMemberEdit(body, discord.now());
  const fields = Fields.of(body);
  const { guild, member: own, permissions } = access;
  const above = userId === actor.userId || isAboveMember(guild, own, member);
  const needs = (name: string, permission: bigint): boolean => {
    if (!fields.has(name) && !fields.isNull(name)) return false;
    if ((permissions & permission) !== permission || !above) {
      throw discordError('missingPermissions');
    }
    return true;
  };
  const renames = needs('nick', P.ManageNicknames);
  const timesOut = needs('communication_disabled_until', P.ModerateMembers);
  const roles = fields.strings('roles');
  if (roles !== undefined) {
    const before = new Set(member.roles);
    const after = new Set(roles);
    for (const id of after) if (!before.has(id)) requireRole(discord, access, id);
    for (const id of before) if (!after.has(id)) requireRole(discord, access, id);
    member.roles = [...after];
  }
  if (renames) member.nick = fields.string('nick') ?? null;
  if (timesOut) {
    const until = fields.string('communication_disabled_until');
    const at = until === undefined ? undefined : Date.parse(until);
    member.communication_disabled_until = at === undefined ? null : isoTime(at);
  }
  changed(discord, member);
  return member;
}

/** Changes the own nickname. */
export function editOwnMember(
  discord: Discord,
  actor: Actor,
  guildId: string,
  body: unknown,
): MemberRow {
  const { member } = requireGuild(discord.world, actor, guildId, P.ChangeNickname);
  checkMemberEdit(body, discord.now());
  const fields = Fields.of(body);
  if (fields.has('nick') || fields.isNull('nick')) member.nick = fields.string('nick') ?? null;
  changed(discord, member);
  return member;
}

export function kickMember(discord: Discord, actor: Actor, guildId: string, userId: string): void {
  const { guild, member } = requireGuild(discord.world, actor, guildId, P.KickMembers);
  const target = requireMember(discord, guildId, userId);
  if (!isAboveMember(guild, member, target)) throw discordError('missingPermissions');
  discord.world.removeMember(target);
  announceMemberGone(discord, target);
}

export function banMember(
  discord: Discord,
  actor: Actor,
  guildId: string,
  userId: string,
  reason: string | null,
): void {
  const { guild, member } = requireGuild(discord.world, actor, guildId, P.BanMembers);
  if (!discord.world.users.has(userId)) throw discordError('unknownUser');
  const target = discord.world.member(guildId, userId);
  if (target !== undefined && !isAboveMember(guild, member, target)) {
    throw discordError('missingPermissions');
  }
  ban(discord, guild, userId, reason);
}

/** Somebody is banned, by whoever may do that. */
export function ban(
  discord: Discord,
  guild: GuildRow,
  userId: string,
  reason: string | null,
): void {
  const target = discord.world.member(guild.id, userId);
  if (target !== undefined) {
    discord.world.removeMember(target);
    announceMemberGone(discord, target);
  }
  guild.bans[userId] = { reason };
  discord.world.guilds.touch(guild.id);
  tellOfBan(discord, 'GUILD_BAN_ADD', guild.id, userId);
}

export function unban(discord: Discord, actor: Actor, guildId: string, userId: string): void {
  const { guild } = requireGuild(discord.world, actor, guildId, P.BanMembers);
  if (guild.bans[userId] === undefined) throw discordError('unknownBan');
  guild.bans = Object.fromEntries(Object.entries(guild.bans).filter(([id]) => id !== userId));
  discord.world.guilds.touch(guildId);
  tellOfBan(discord, 'GUILD_BAN_REMOVE', guildId, userId);
}

function tellOfBan(discord: Discord, name: string, guildId: string, userId: string): void {
  discord.dispatch({
    name,
    data: { guild_id: guildId, user: userOf(discord, userId) },
    intents: I.GuildModeration,
    guildId,
  });
}

function changed(discord: Discord, member: MemberRow): void {
  discord.world.touchMember(member);
  announceMember(discord, 'GUILD_MEMBER_UPDATE', member);
}
