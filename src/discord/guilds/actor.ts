import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { GuildConfiguration } from '../../config/guild/resolved';
import type { Actor } from '../../domain/cases/case';

/** A member as Discord sends it with an interaction or a message. */
export interface MemberRights {
  readonly roles: readonly string[];
  /** The member's permissions as a decimal number; absent where Discord does not send them. */
  readonly permissions?: string;
}

/** Who gives a command, with the rights that follow from roles and permissions. */
export function actorOf(
  userId: string,
  member: MemberRights,
  configuration: GuildConfiguration | null,
): Actor {
  const has = (roleIds: readonly string[]): boolean =>
    roleIds.some((id) => member.roles.includes(id));
  return {
    userId,
    teams: Object.values(configuration?.teams ?? {})
      .filter(({ memberRoleIds }) => has(memberRoleIds))
      .map(({ id }) => id),
    admin: administers(member) || has(configuration?.adminRoleIds ?? []),
  };
}

function administers({ permissions }: MemberRights): boolean {
  if (permissions === undefined || !/^\d+$/.test(permissions)) return false;
  return (BigInt(permissions) & PermissionFlagsBits.Administrator) !== 0n;
}

/** Whether the person belongs to any team, or administers the guild. */
export function isAnyStaff(actor: Actor): boolean {
  return actor.admin || actor.teams.length > 0;
}
