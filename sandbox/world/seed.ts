import { ChannelKind } from './kinds';
import { emptyChannel } from '../server/channels/channels';
import { plainRole } from '../server/guilds/roles';
import type { ChannelRow, Overwrite } from './model';
import { timestampOf } from './snowflakes';
import type { World } from './world';

/** A person or bot at the beginning. */
export interface UserSeed {
  id: string;
  username: string;
  displayName?: string;
  bot?: boolean;
  /** false: others cannot write to them directly. */
  dmsOpen?: boolean;
}

export interface RoleSeed {
  id: string;
  name: string;
  permissions?: bigint;
  color?: number;
  hoist?: boolean;
  mentionable?: boolean;
  /** The role that came with the application's bot: nobody can give or take it. */
  managed?: boolean;
}

export interface OverwriteSeed {
  /** A role's or a member's id; the guild's id for @everyone. */
  id: string;
  type: 'role' | 'member';
  allow?: bigint;
  deny?: bigint;
}

export interface ChannelSeed {
  id: string;
  name: string;
  type?: 'text' | 'category' | 'voice' | 'announcement' | 'forum';
  parentId?: string;
  topic?: string;
  /** Without any, a channel takes its category's. */
  overwrites?: OverwriteSeed[];
}

export interface GuildSeed {
  id: string;
  name: string;
  ownerId: string;
  /** What @everyone may do. */
  everyone: bigint;
  /** From the highest to the lowest. */
  roles: RoleSeed[];
  channels: ChannelSeed[];
  members: { userId: string; roles?: string[]; nick?: string }[];
}

/** The world before anything has happened. */
export interface WorldSeed {
  application: {
    id: string;
    name: string;
    description?: string;
    botId: string;
    token: string;
    ownerId: string;
    privilegedIntents?: { members?: boolean; presences?: boolean; messageContent?: boolean };
  };
  users: UserSeed[];
  guilds: GuildSeed[];
}

const TYPES = {
  text: ChannelKind.GuildText,
  category: ChannelKind.GuildCategory,
  voice: ChannelKind.GuildVoice,
  announcement: ChannelKind.GuildAnnouncement,
  forum: ChannelKind.GuildForum,
} as const;

/**
 * Puts the seed into an empty world. A world that was kept on disk gets the seed's channels that it does not
 * have: an older version may have kept it, and configurations name them.
 */
export function plant(world: World, seed: WorldSeed): void {
  if (world.applications.size > 0) {
    for (const guild of seed.guilds) plantMissingChannels(world, guild);
    world.flush();
    return;
  }
  const { application } = seed;
  const allowed = application.privilegedIntents ?? {};
  world.applications.set(application.id, {
    id: application.id,
    name: application.name,
    description: application.description ?? '',
    botId: application.botId,
    token: application.token,
    ownerId: application.ownerId,
    privilegedIntents: {
      members: allowed.members ?? true,
      presences: allowed.presences ?? true,
      messageContent: allowed.messageContent ?? true,
    },
  });
  for (const user of seed.users) plantUser(world, user);
  for (const guild of seed.guilds) plantGuild(world, guild, application.botId);
  world.flush();
}

/** Adds a user who belongs to no guild yet. */
export function plantUser(world: World, seed: UserSeed): void {
  world.users.set(seed.id, {
    user: {
      id: seed.id,
      username: seed.username,
      discriminator: '0',
      global_name: seed.bot === true ? null : (seed.displayName ?? seed.username),
      avatar: null,
      banner: null,
      accent_color: null,
      ...(seed.bot === true ? { bot: true } : {}),
      public_flags: 0,
      flags: 0,
      primary_guild: null,
    },
    dmsOpen: seed.dmsOpen ?? true,
  });
}

function plantGuild(world: World, seed: GuildSeed, botId: string): void {
  const joinedAt = `${new Date(timestampOf(seed.id)).toISOString().slice(0, -1)}000+00:00`;
  const count = seed.roles.length;
  world.guilds.set(seed.id, {
    id: seed.id,
    name: seed.name,
    owner_id: seed.ownerId,
    description: null,
    preferredLocale: 'en-US',
    features: [],
    roles: [
      plainRole(seed.id, '@everyone', seed.everyone.toString(), 0),
      ...seed.roles.map((role, index) => ({
        ...plainRole(role.id, role.name, (role.permissions ?? 0n).toString(), count - index),
        color: role.color ?? 0,
        colors: {
          primary_color: role.color ?? 0,
          secondary_color: null,
          tertiary_color: null,
        },
        hoist: role.hoist ?? false,
        mentionable: role.mentionable ?? false,
        managed: role.managed ?? false,
        ...(role.managed === true ? { tags: { bot_id: botId } } : {}),
      })),
    ],
    bans: {},
  });
  for (const member of seed.members) {
    world.addMember({
      guildId: seed.id,
      user: { id: member.userId },
      nick: member.nick ?? null,
      roles: member.roles ?? [],
      joinedAt,
      communication_disabled_until: null,
      pending: false,
      flags: 0,
    });
  }
  const positions = new Map<string, number>();
  for (const channel of seed.channels) {
    const kind = channel.type === 'category' ? 'category' : 'channel';
    const position = positions.get(kind) ?? 0;
    positions.set(kind, position + 1);
    world.addChannel(channelRow(world, seed.id, channel, position));
  }
}

function plantMissingChannels(world: World, seed: GuildSeed): void {
  if (!world.guilds.has(seed.id)) return;
  for (const channel of seed.channels) {
    if (world.channel(channel.id) !== undefined) continue;
    world.addChannel(channelRow(world, seed.id, channel, seed.channels.indexOf(channel)));
  }
}

function channelRow(
  world: World,
  guildId: string,
  seed: ChannelSeed,
  position: number,
): ChannelRow {
  const parent = seed.parentId === undefined ? undefined : world.channel(seed.parentId);
  const inherited = (parent?.permission_overwrites ?? []).map((one) => ({ ...one }));
  return {
    ...emptyChannel(seed.id, TYPES[seed.type ?? 'text'], guildId),
    name: seed.name,
    topic: seed.topic ?? null,
    position,
    parentId: seed.parentId ?? null,
    permission_overwrites: seed.overwrites?.map(overwriteRow) ?? inherited,
  };
}

function overwriteRow(seed: OverwriteSeed): Overwrite {
  return {
    id: seed.id,
    type: seed.type === 'role' ? 0 : 1,
    allow: (seed.allow ?? 0n).toString(),
    deny: (seed.deny ?? 0n).toString(),
  };
}
