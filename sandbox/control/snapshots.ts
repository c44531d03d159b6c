import type { ChannelRow, Command, GuildRow, Overwrite, Role } from '../world/model';
import type { Discord } from '../server/discord';

/** A channel as it is at one moment. */
export interface ChannelSnapshot {
  id: string;
  name: string;
  /** Discord's number: 0 text, 1 direct messages, 4 category, 11 and 12 threads. */
  type: number;
  topic: string | null;
  parentId: string | null;
  position: number;
  overwrites: Overwrite[];
  archived: boolean | null;
  locked: boolean | null;
}

export interface MemberSnapshot {
  id: string;
  username: string;
  displayName: string;
  nick: string | null;
  roles: string[];
  bot: boolean;
}

export interface GuildSnapshot {
  id: string;
  name: string;
  ownerId: string;
  roles: Role[];
  channels: ChannelSnapshot[];
  members: MemberSnapshot[];
}

export interface WorldSnapshot {
  applicationId: string;
  botId: string;
  guilds: GuildSnapshot[];
  commands: Command[];
  /** How many bots are logged in at the gateway. */
  connectedBots: number;
}

export function channelSnapshot(row: ChannelRow): ChannelSnapshot {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    topic: row.topic,
    parentId: row.parentId,
    position: row.position,
    overwrites: row.permission_overwrites,
    archived: row.thread?.metadata.archived ?? null,
    locked: row.thread?.metadata.locked ?? null,
  };
}

export function guildSnapshot(discord: Discord, guild: GuildRow): GuildSnapshot {
  return {
    id: guild.id,
    name: guild.name,
    ownerId: guild.owner_id,
    roles: guild.roles,
    channels: [...discord.world.channelsOf(guild.id).values()].map(channelSnapshot),
    members: [...discord.world.membersOf(guild.id).values()].map((member) => {
      const user = discord.world.users.get(member.user.id)?.user;
      return {
        id: member.user.id,
        username: user?.username ?? '',
        displayName: member.nick ?? user?.global_name ?? user?.username ?? '',
        nick: member.nick,
        roles: member.roles,
        bot: user?.bot ?? false,
      };
    }),
  };
}
