import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { has } from '../../rules/permissions';
import type { ChannelRow, Command } from '../../world/model';
import { isAll, permissionsIn } from '../access';
import type { Discord } from '../discord';
import { commandPermissions } from './commands';

/** What a command's permissions call "everybody" and "every channel". */
const allChannels = (guildId: string): string => (BigInt(guildId) - 1n).toString();

/**
 * Whether Discord shows the command to this user in this channel: the permission for commands at
 * all, then what administrators have set for it, else the command's own default.
 * Source: https://discord.com/developers/docs/interactions/application-commands#permissions
 */
export function mayUse(
  discord: Discord,
  command: Command,
  channel: ChannelRow,
  userId: string,
): boolean {
  if (channel.guildId === null) {
    if (command.guild_id !== undefined) return false;
    return command.contexts === null ? command.dm_permission : command.contexts.includes(1);
  }
  if (command.guild_id !== undefined && command.guild_id !== channel.guildId) return false;
  if (command.contexts !== null && !command.contexts.includes(0)) return false;
  const permissions = permissionsIn(discord.world, channel, userId);
  if (!has(permissions, P.ViewChannel)) return false;
  if (isAll(permissions)) return true;
  if (!has(permissions, P.UseApplicationCommands)) return false;
  const own = setFor(discord, command.id, channel, userId);
  const whole = setFor(discord, command.application_id, channel, userId);
  if (own.channel === false || (own.channel === undefined && whole.channel === false)) return false;
  const person = own.person ?? whole.person;
  if (person !== undefined) return person;
  const needed = command.default_member_permissions;
  if (needed === null) return true;
  if (needed === '0') return false;
  return has(permissions, BigInt(needed));
}

function setFor(
  discord: Discord,
  id: string,
  channel: ChannelRow,
  userId: string,
): { person: boolean | undefined; channel: boolean | undefined } {
  const guildId = channel.guildId ?? '0';
  const set = commandPermissions(discord, guildId, id) ?? [];
  const roles = discord.world.member(guildId, userId)?.roles ?? [];
  const one = (type: number, target: string): boolean | undefined =>
    set.find((entry) => entry.type === type && entry.id === target)?.permission;
  const ofRoles = set.filter((entry) => entry.type === 1 && roles.includes(entry.id));
  const byRole = ofRoles.length === 0 ? undefined : ofRoles.some((entry) => entry.permission);
  return {
    person: one(2, userId) ?? byRole ?? one(1, guildId),
    channel: one(3, channel.id) ?? one(3, allChannels(guildId)),
  };
}
