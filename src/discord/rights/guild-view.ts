import type { API } from '@discordjs/core';
import {
  ChannelFlags,
  ChannelType,
  OverwriteType,
  PermissionFlagsBits,
  type APIOverwrite,
  type APIRole,
  type RESTGetAPIGuildChannelsResult,
} from 'discord-api-types/v10';
import { z } from 'zod';

/** A guild as one member of it is placed in it. */
export interface GuildView {
  readonly guildId: string;
  readonly userId: string;
  readonly memberRoleIds: readonly string[];
  readonly roles: readonly Pick<APIRole, 'id' | 'permissions' | 'mentionable'>[];
  /** All but threads, also those that the member does not see. */
  readonly channels: readonly ChannelView[];
}

export interface ChannelView {
  readonly id: string;
  readonly name: string;
  readonly type: ChannelType;
  readonly overwrites: readonly APIOverwrite[];
  /** Of a forum. */
  readonly tags: readonly ForumTag[];
  /** Whether a forum takes no post without one. */
  readonly needsTag: boolean;
}

/** `moderated`: only who may manage threads may give it to a post. */
export type ForumTag = z.infer<typeof forumTag>;

const forumTag = z.object({ id: z.string(), moderated: z.boolean().default(false) });
const forum = z.object({
  type: z.literal(ChannelType.GuildForum),
  available_tags: z.array(forumTag),
});

/**
 * Reads what decides over a member's permissions.
 *
 * @throws DiscordAPIError, where the member is not in the guild as well
 */
export async function readGuild(
  { guilds }: Pick<API, 'guilds'>,
  { guildId, userId }: { readonly guildId: string; readonly userId: string },
  signal: AbortSignal,
): Promise<GuildView> {
  const [roles, member, channels] = await Promise.all([
    guilds.getRoles(guildId, { signal }),
    guilds.getMember(guildId, userId, { signal }),
    guilds.getChannels(guildId, { signal }),
  ]);
  return {
    guildId,
    userId,
    memberRoleIds: member.roles,
    roles,
    channels: channels.map(channelView),
  };
}

function channelView(channel: RESTGetAPIGuildChannelsResult[number]): ChannelView {
  const { id, name, type, flags = 0, permission_overwrites: overwrites = [] } = channel;
  return {
    ...{ id, name, type, overwrites },
    tags: forum.safeParse(channel).data?.available_tags ?? [],
    needsTag: (flags & ChannelFlags.RequireTag) !== 0,
  };
}

/** What the member's roles allow in the guild as a whole, as bits of PermissionFlagsBits. */
export function guildPermissions({ guildId, memberRoleIds, roles }: GuildView): bigint {
  return roles
    .filter(({ id }) => id === guildId || memberRoleIds.includes(id))
    .reduce((sum, { permissions }) => sum | BigInt(permissions), 0n);
}

/**
 * What the member may do in a channel: by the roles, then by what the channel says of everyone, of the roles and
 * of the member (https://docs.discord.com/developers/topics/permissions#permission-overwrites).
 *
 * @returns bits of PermissionFlagsBits
 */
export function channelPermissions(view: GuildView, { overwrites }: ChannelView): bigint {
  const { guildId, userId, memberRoleIds } = view;
  const base = guildPermissions(view);
  if ((base & PermissionFlagsBits.Administrator) !== 0n) return base;
  const ofRoles = overwrites.filter(({ type }) => type === OverwriteType.Role);
  return [
    ofRoles.filter(({ id }) => id === guildId),
    ofRoles.filter(({ id }) => id !== guildId && memberRoleIds.includes(id)),
    overwrites.filter(({ type, id }) => type === OverwriteType.Member && id === userId),
  ].reduce(overwritten, base);
}

/** Of one step all denials count first, then all that is allowed. */
function overwritten(permissions: bigint, overwrites: readonly APIOverwrite[]): bigint {
  const all = (what: 'allow' | 'deny'): bigint =>
    overwrites.reduce((sum, overwrite) => sum | BigInt(overwrite[what]), 0n);
  return (permissions & ~all('deny')) | all('allow');
}
