import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { GuildView, MemberView, RoleView } from './permissions';
import { guildPermissions, has, missing } from './permissions';

/**
 * Who stands above whom. A role outranks another by position, and at the same position by the lower
 * id; a member is as high as their highest role; the owner is above all.
 * Source: https://discord.com/developers/docs/topics/permissions#permission-hierarchy
 */

/** Below 0 if `a` is lower than `b`, above 0 if higher, 0 only for one and the same role. */
export function compareRoles(a: RoleView, b: RoleView): number {
  if (a.position !== b.position) return a.position - b.position;
  if (a.id === b.id) return 0;
  return BigInt(a.id) < BigInt(b.id) ? 1 : -1;
}

/** The member's highest role; @everyone if they have no other. */
export function highestRole(guild: GuildView, member: MemberView): RoleView | undefined {
  const held = new Set([guild.id, ...member.roles]);
  let highest: RoleView | undefined;
  for (const role of guild.roles) {
    if (!held.has(role.id)) continue;
    if (highest === undefined || compareRoles(role, highest) > 0) highest = role;
  }
  return highest;
}

/** True if the actor's rank is above that role, so that they may edit, give and take it. */
export function isAboveRole(guild: GuildView, actor: MemberView, role: RoleView): boolean {
  if (actor.user.id === guild.owner_id) return true;
  const own = highestRole(guild, actor);
  return own !== undefined && compareRoles(own, role) > 0;
}

/** True if the actor's rank is above that member, so that they may kick, ban, time out or rename. */
export function isAboveMember(guild: GuildView, actor: MemberView, target: MemberView): boolean {
  if (target.user.id === guild.owner_id) return false;
  if (actor.user.id === guild.owner_id) return true;
  const theirs = highestRole(guild, target);
  return theirs !== undefined && isAboveRole(guild, actor, theirs);
}

/**
 * True if the actor may give the role to somebody or take it away: MANAGE_ROLES, and above the role.
 * @param now milliseconds of the epoch, for time-outs
 */
export function canAssignRole(
  guild: GuildView,
  actor: MemberView,
  role: RoleView,
  now: number,
): boolean {
  return has(guildPermissions(guild, actor, now), P.ManageRoles) && isAboveRole(guild, actor, role);
}

/**
 * Which permissions of a role the actor may not set: nobody grants what they do not have. Bits that
 * the role has already are left alone.
 * @param before the role's permissions until now; '0' for a new role
 * @returns 0n if the change is allowed
 */
export function ungrantable(
  guild: GuildView,
  actor: MemberView,
  before: string,
  after: string,
  now: number,
): bigint {
  const changed = BigInt(before) ^ BigInt(after);
  return missing(guildPermissions(guild, actor, now), changed);
}
