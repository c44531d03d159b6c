import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { discordError } from '../../rules/errors';
import { isAboveRole, ungrantable } from '../../rules/role-hierarchy';
import { checkRole } from '../../rules/validation/guild';
import type { Role } from '../../world/model';
import { requireGuild, roleOf, type GuildAccess } from '../access';
import { announceMember, announceRole, announceRoleGone } from '../announce';
import type { Actor, Discord } from '../discord';
import { Fields, required } from '../fields';

/** Roles of one guild, @everyone included. */
const MOST_ROLES = 250;

/** A role with nothing special about it. */
export function plainRole(id: string, name: string, permissions: string, position: number): Role {
  return {
    id,
    name,
    description: null,
    permissions,
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
  };
}

/** Creates a role just above @everyone. */
export function createRole(discord: Discord, actor: Actor, guildId: string, body: unknown): Role {
  const access = requireGuild(discord.world, actor, guildId, P.ManageRoles);
  const { guild } = access;
  if (guild.roles.length >= MOST_ROLES) throw discordError('maximumRoles');
  checkRole(body);
  const fields = Fields.of(body);
  const everyone = roleOf(guild, guild.id);
  const permissions = fields.string('permissions') ?? everyone?.permissions ?? '0';
  requireGrantable(discord, access, '0', permissions, fields.has('permissions'));
  for (const role of guild.roles) if (role.id !== guild.id) role.position += 1;
  const role = plainRole(
    discord.world.ids.next(),
    fields.string('name') ?? 'new role',
    permissions,
    1,
  );
  applyLooks(role, fields);
  guild.roles.push(role);
  discord.world.guilds.touch(guildId);
  announceRole(discord, 'GUILD_ROLE_CREATE', guild, role);
  return role;
}

export function editRole(
  discord: Discord,
  actor: Actor,
  guildId: string,
  roleId: string,
  body: unknown,
): Role {
  const access = requireGuild(discord.world, actor, guildId, P.ManageRoles);
  const { guild, member } = access;
  const role = roleOf(guild, roleId);
  if (role === undefined) throw discordError('unknownRole');
  if (!isAboveRole(guild, member, role)) throw discordError('missingPermissions');
  checkRole(body);
  const fields = Fields.of(body);
  const permissions = fields.string('permissions') ?? role.permissions;
  requireGrantable(discord, access, role.permissions, permissions, true);
  role.permissions = permissions;
  role.name = fields.string('name') ?? role.name;
  applyLooks(role, fields);
  discord.world.guilds.touch(guildId);
  announceRole(discord, 'GUILD_ROLE_UPDATE', guild, role);
  return role;
}

function requireGrantable(
  discord: Discord,
  access: GuildAccess,
  before: string,
  after: string,
  asked: boolean,
): void {
  if (!asked) return;
  if (ungrantable(access.guild, access.member, before, after, discord.now()) !== 0n) {
    throw discordError('missingPermissions');
  }
}

function applyLooks(role: Role, fields: Fields): void {
  const color = fields.number('color');
  if (color !== undefined) {
    role.color = color;
    role.colors = { ...role.colors, primary_color: color };
  }
  role.hoist = fields.boolean('hoist') ?? role.hoist;
  role.mentionable = fields.boolean('mentionable') ?? role.mentionable;
}

/** Sets positions of several roles at once. */
export function moveRoles(discord: Discord, actor: Actor, guildId: string, body: unknown): Role[] {
  const { guild, member } = requireGuild(discord.world, actor, guildId, P.ManageRoles);
  const moves = (Array.isArray(body) ? (body as unknown[]) : []).map((entry) => {
    const fields = Fields.of(entry);
    const role = roleOf(guild, required(fields.string('id'), 'id'));
    if (role === undefined) throw discordError('unknownRole');
    const position = fields.number('position') ?? role.position;
    const moved = { ...role, position };
    if (!isAboveRole(guild, member, role) || !isAboveRole(guild, member, moved)) {
      throw discordError('missingPermissions');
    }
    return { role, position };
  });
  for (const { role, position } of moves) {
    role.position = position;
    announceRole(discord, 'GUILD_ROLE_UPDATE', guild, role);
  }
  discord.world.guilds.touch(guildId);
  return guild.roles;
}

/** Deletes a role and takes it from everybody who had it. */
export function deleteRole(discord: Discord, actor: Actor, guildId: string, roleId: string): void {
  const { world } = discord;
  const { guild, member } = requireGuild(world, actor, guildId, P.ManageRoles);
  const role = roleOf(guild, roleId);
  if (role === undefined) throw discordError('unknownRole');
  if (role.managed || roleId === guildId) throw discordError('invalidRole');
  if (!isAboveRole(guild, member, role)) throw discordError('missingPermissions');
  guild.roles = guild.roles.filter((one) => one.id !== roleId);
  world.guilds.touch(guildId);
  for (const holder of world.membersOf(guildId).values()) {
    if (!holder.roles.includes(roleId)) continue;
    holder.roles = holder.roles.filter((id) => id !== roleId);
    world.touchMember(holder);
    announceMember(discord, 'GUILD_MEMBER_UPDATE', holder);
  }
  for (const channel of world.channelsOf(guildId).values()) {
    const left = channel.permission_overwrites.filter((one) => one.id !== roleId);
    if (left.length === channel.permission_overwrites.length) continue;
    channel.permission_overwrites = left;
    world.touchChannel(channel.id);
  }
  announceRoleGone(discord, guild, roleId);
}
