import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { ChannelView, GuildView, MemberView, OverwriteView } from './permissions';
import { channelPermissions, guildPermissions, has, missing } from './permissions';

/**
 * Who may set which overwrites of a channel. The real service answers 403, code 50013, where these
 * functions return bits.
 * Source: https://discord.com/developers/docs/resources/guild#create-guild-channel and
 * https://discord.com/developers/docs/resources/channel#modify-channel
 */

/** All bits that differ between two sets of overwrites; a missing overwrite sets nothing. */
export function changedBits(
  before: readonly OverwriteView[],
  after: readonly OverwriteView[],
): bigint {
  const ids = new Set([...before, ...after].map((one) => one.id));
  let bits = 0n;
  for (const id of ids) {
    const old = before.find((one) => one.id === id);
    const fresh = after.find((one) => one.id === id);
    bits |= BigInt(old?.allow ?? 0) ^ BigInt(fresh?.allow ?? 0);
    bits |= BigInt(old?.deny ?? 0) ^ BigInt(fresh?.deny ?? 0);
  }
  return bits;
}

/**
 * The bits that the actor, who has MANAGE_CHANNELS, may not put into a new channel's overwrites: those
 * that they lack in the guild, and MANAGE_ROLES, which only administrators may set.
 * @param now milliseconds of the epoch, for time-outs
 * @returns 0n if the channel may be created so
 */
export function refusedOnCreate(
  guild: GuildView,
  actor: MemberView,
  overwrites: readonly OverwriteView[],
  now: number,
): bigint {
  const own = guildPermissions(guild, actor, now);
  const bits = changedBits([], overwrites);
  if (has(own, P.Administrator)) return 0n;
  return missing(own, bits) | (bits & P.ManageRoles);
}

/**
 * The bits that the actor may not change in a channel's overwrites. They need MANAGE_ROLES in the
 * channel, and every changed bit in the guild or in the parent, unless an overwrite of the channel
 * gives them MANAGE_ROLES there.
 * @param channel the channel as it is now
 * @param parent its category, if it has one
 * @param after all its overwrites as they are to be
 * @returns 0n if the change is allowed
 */
export function refusedOnEdit(
  guild: GuildView,
  actor: MemberView,
  channel: ChannelView,
  parent: ChannelView | undefined,
  after: readonly OverwriteView[],
  now: number,
): bigint {
  const before = channel.permission_overwrites ?? [];
  const bits = changedBits(before, after);
  if (sameIds(before, after) && bits === 0n) return 0n;
  const here = channelPermissions(guild, actor, channel, now);
  if (has(here, P.Administrator)) return 0n;
  if (!has(here, P.ManageRoles)) return bits | P.ManageRoles;
  if (hasManageRolesOverwrite(actor, before)) return 0n;
  const above = parent ? channelPermissions(guild, actor, parent, now) : 0n;
  return missing(guildPermissions(guild, actor, now) | above, bits);
}

function sameIds(a: readonly OverwriteView[], b: readonly OverwriteView[]): boolean {
  const ids = new Set(a.map((one) => one.id));
  return a.length === b.length && b.every((one) => ids.has(one.id));
}

/** True if an overwrite for the actor or one of their roles allows MANAGE_ROLES in the channel. */
function hasManageRolesOverwrite(actor: MemberView, overwrites: readonly OverwriteView[]): boolean {
  return overwrites.some(
    (one) =>
      (one.id === actor.user.id || actor.roles.includes(one.id)) &&
      has(BigInt(one.allow), P.ManageRoles),
  );
}
