import type { API } from '@discordjs/core';
import { OverwriteType, PermissionFlagsBits, type APIOverwrite } from 'discord-api-types/v10';

const ALL = ~0n;

/** Whom and where. */
export interface PermissionQuestion {
  readonly guildId: string;
  readonly userId: string;
  readonly channelId: string;
}

/**
 * What a member may do in a channel: by the roles, then by what the channel says of everyone, of the roles and
 * of the member (https://docs.discord.com/developers/topics/permissions#permission-overwrites).
 *
 * @returns bits of PermissionFlagsBits
 */
export async function permissionsIn(
  discord: API,
  { guildId, userId, channelId }: PermissionQuestion,
  signal: AbortSignal,
): Promise<bigint> {
  const [channel, member, roles] = await Promise.all([
    discord.channels.get(channelId, { signal }),
    discord.guilds.getMember(guildId, userId, { signal }),
    discord.guilds.getRoles(guildId, { signal }),
  ]);
  const own = new Set([guildId, ...member.roles]);
  const base = roles
    .filter(({ id }) => own.has(id))
    .reduce((sum, { permissions }) => sum | BigInt(permissions), 0n);
  if ((base & PermissionFlagsBits.Administrator) !== 0n) return ALL;
  const overwrites =
    'permission_overwrites' in channel ? (channel.permission_overwrites ?? []) : [];
  const ofRoles = overwrites.filter(({ type }) => type === OverwriteType.Role);
  return [
    ofRoles.filter(({ id }) => id === guildId),
    ofRoles.filter(({ id }) => id !== guildId && own.has(id)),
    overwrites.filter(({ type, id }) => type === OverwriteType.Member && id === userId),
  ].reduce(overwritten, base);
}

/** Of one step all denials count first, then all that is allowed. */
function overwritten(permissions: bigint, overwrites: readonly APIOverwrite[]): bigint {
  const all = (what: 'allow' | 'deny'): bigint =>
    overwrites.reduce((sum, overwrite) => sum | BigInt(overwrite[what]), 0n);
  return (permissions & ~all('deny')) | all('allow');
}
