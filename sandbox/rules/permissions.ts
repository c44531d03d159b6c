import { PermissionFlagsBits as P } from 'discord-api-types/v10';

/**
 * Who may do what, as Discord computes it.
 * Source: https://discord.com/developers/docs/topics/permissions
 * Permission sets are strings of digits in the objects of the API and bigints here.
 */

/** What the rules need of a role; the @everyone role has the guild's own id. */
export interface RoleView {
  readonly id: string;
  readonly permissions: string;
  readonly position: number;
}

/** What the rules need of a guild. */
export interface GuildView {
  readonly id: string;
  readonly owner_id: string;
  readonly roles: Iterable<RoleView>;
}

/** What the rules need of a member; `roles` leaves @everyone out, as the API does. */
export interface MemberView {
  readonly user: { readonly id: string };
  readonly roles: readonly string[];
  readonly communication_disabled_until?: string | null | undefined;
}

/** An overwrite of a channel: type 0 is for a role, type 1 for a member. */
export interface OverwriteView {
  readonly id: string;
  readonly type: number;
  readonly allow: string;
  readonly deny: string;
}

/** What the rules need of a channel; of a thread's parent for a thread. */
export interface ChannelView {
  readonly permission_overwrites?: readonly OverwriteView[] | undefined;
}

/** Every permission that exists. */
export const ALL_PERMISSIONS: bigint = Object.values(P).reduce((all, bit) => all | bit, 0n);

/** Without SEND_MESSAGES (in threads: SEND_MESSAGES_IN_THREADS) these mean nothing. */
const NEEDS_SENDING =
  P.MentionEveryone |
  P.SendTTSMessages |
  P.AttachFiles |
  P.EmbedLinks |
  P.SendVoiceMessages |
  P.SendPolls;

/** Without CONNECT in a voice channel these mean nothing. */
const NEEDS_CONNECTING =
  P.Speak |
  P.Stream |
  P.UseVAD |
  P.MuteMembers |
  P.DeafenMembers |
  P.MoveMembers |
  P.PrioritySpeaker |
  P.UseSoundboard |
  P.UseEmbeddedActivities;

/** What a member in time-out keeps. */
const WHILE_TIMED_OUT = P.ViewChannel | P.ReadMessageHistory;

/** True if every bit of `wanted` is in `have`. */
export function has(have: bigint, wanted: bigint): boolean {
  return (have & wanted) === wanted;
}

/** The bits of `wanted` that are not in `have`; 0n if nothing is missing. */
export function missing(have: bigint, wanted: bigint): bigint {
  return wanted & ~have;
}

/** The names of the bits, such as `ManageChannels`, for messages and logs. */
export function permissionNames(bits: bigint): string[] {
  return Object.entries(P)
    .filter(([, bit]) => (bits & bit) !== 0n)
    .map(([name]) => name);
}

/** True if the member is in time-out at `now` (milliseconds of the epoch). */
export function isTimedOut(member: MemberView, now: number): boolean {
  const until = member.communication_disabled_until;
  return until !== undefined && until !== null && Date.parse(until) > now;
}

/** Base permissions with owner and administrator lifted to all, before any time-out. */
function rolePermissions(guild: GuildView, member: MemberView): bigint {
  if (member.user.id === guild.owner_id) return ALL_PERMISSIONS;
  const held = new Set([guild.id, ...member.roles]);
  let permissions = 0n;
  for (const role of guild.roles) {
    if (held.has(role.id)) permissions |= BigInt(role.permissions);
  }
  return has(permissions, P.Administrator) ? ALL_PERMISSIONS : permissions;
}

/**
 * What a member may do in the guild as a whole: @everyone and the member's roles together; all, for
 * the owner and for administrators; next to nothing while in time-out.
 * @param now milliseconds of the epoch
 */
export function guildPermissions(guild: GuildView, member: MemberView, now: number): bigint {
  const permissions = rolePermissions(guild, member);
  if (has(permissions, P.Administrator)) return permissions;
  return isTimedOut(member, now) ? permissions & WHILE_TIMED_OUT : permissions;
}

/** Base permissions with the channel's overwrites applied in Discord's order. */
function withOverwrites(
  base: bigint,
  guild: GuildView,
  member: MemberView,
  overwrites: readonly OverwriteView[],
): bigint {
  let permissions = base;
  const apply = (allow: bigint, deny: bigint): void => {
    permissions = (permissions & ~deny) | allow;
  };
  const everyone = overwrites.find((one) => one.type === 0 && one.id === guild.id);
  if (everyone) apply(BigInt(everyone.allow), BigInt(everyone.deny));

  let allow = 0n;
  let deny = 0n;
  for (const one of overwrites) {
    if (one.type === 0 && one.id !== guild.id && member.roles.includes(one.id)) {
      allow |= BigInt(one.allow);
      deny |= BigInt(one.deny);
    }
  }
  apply(allow, deny);

  const own = overwrites.find((one) => one.type === 1 && one.id === member.user.id);
  if (own) apply(BigInt(own.allow), BigInt(own.deny));
  return permissions;
}

/**
 * What a member may do in a channel of the guild: base permissions, then the overwrites of @everyone,
 * of all the member's roles together (denials first, then allowances) and of the member, then what
 * the missing of VIEW_CHANNEL, SEND_MESSAGES or CONNECT takes away.
 * @param now milliseconds of the epoch, for time-outs
 */
export function channelPermissions(
  guild: GuildView,
  member: MemberView,
  channel: ChannelView,
  now: number,
): bigint {
  const permissions = beforeDenials(guild, member, channel, now);
  return permissions === ALL_PERMISSIONS ? permissions : afterDenials(permissions, P.SendMessages);
}

/**
 * What a member may do in a thread. It has no overwrites of its own: the parent's count, and writing
 * hangs on SEND_MESSAGES_IN_THREADS. A private thread is seen only by those who were added and by
 * those who may manage threads.
 * @param parent the channel that the thread belongs to
 * @param thread whether it is private, and whether the member was added to it
 */
export function threadPermissions(
  guild: GuildView,
  member: MemberView,
  parent: ChannelView,
  thread: { readonly isPrivate: boolean; readonly isMember: boolean },
  now: number,
): bigint {
  const permissions = beforeDenials(guild, member, parent, now);
  if (permissions === ALL_PERMISSIONS) return permissions;
  const seen = !thread.isPrivate || thread.isMember || has(permissions, P.ManageThreads);
  return seen ? afterDenials(permissions, P.SendMessagesInThreads) : 0n;
}

function beforeDenials(
  guild: GuildView,
  member: MemberView,
  channel: ChannelView,
  now: number,
): bigint {
  const base = rolePermissions(guild, member);
  if (has(base, P.Administrator)) return ALL_PERMISSIONS;
  const permissions = withOverwrites(base, guild, member, channel.permission_overwrites ?? []);
  return isTimedOut(member, now) ? permissions & WHILE_TIMED_OUT : permissions;
}

function afterDenials(permissions: bigint, sending: bigint): bigint {
  if (!has(permissions, P.ViewChannel)) return 0n;
  let left = permissions;
  if (!has(left, sending)) left &= ~NEEDS_SENDING;
  if (!has(left, P.Connect)) left &= ~NEEDS_CONNECTING;
  return left;
}
