import type { World } from '../../world/world';
import type { ApplicationRow, GuildRow, JsonObject, MemberRow } from '../../world/model';
import { timestampOf } from '../../world/snowflakes';
import { canView } from '../access';
import { channelView, isThread } from './channel-view';

/** API: Guild, as REST shows it. */
export function guildView(guild: GuildRow): JsonObject {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: guild.description,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: guild.features,
    banner: null,
    owner_id: guild.owner_id,
    application_id: null,
    region: 'us-central',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 1,
    roles: guild.roles,
    default_message_notifications: 1,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.preferredLocale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
  };
}

/** API: Guild Member. */
export function memberView(world: World, member: MemberRow): JsonObject {
  return { ...memberWithoutUser(member), user: world.users.get(member.user.id)?.user };
}

/** API: Guild Member as it stands in messages, whose author is named beside it. */
export function memberWithoutUser(member: MemberRow): JsonObject {
  return {
    avatar: null,
    banner: null,
    communication_disabled_until: member.communication_disabled_until,
    flags: member.flags,
    joined_at: member.joinedAt,
    nick: member.nick,
    pending: member.pending,
    premium_since: null,
    roles: member.roles,
    mute: false,
    deaf: false,
  };
}

/** The data of GUILD_CREATE for the application's bot: without the presence intent, it alone. */
export function guildCreateView(
  world: World,
  guild: GuildRow,
  application: ApplicationRow,
  options: { allMembers: boolean; largeThreshold: number },
): JsonObject {
  const members = world.membersOf(guild.id);
  const own = world.member(guild.id, application.botId);
  const large = members.size > options.largeThreshold;
  const shown =
    options.allMembers && !large ? [...members.values()] : own === undefined ? [] : [own];
  const channels: JsonObject[] = [];
  const threads: JsonObject[] = [];
  for (const channel of world.channelsOf(guild.id).values()) {
    if (!isThread(channel)) channels.push(channelView(channel));
    else if (
      channel.thread?.metadata.archived === false &&
      canView(world, channel, application.botId)
    ) {
      threads.push(channelView(channel));
    }
  }
  return {
    ...guildView(guild),
    joined_at: own?.joinedAt ?? new Date(timestampOf(guild.id)).toISOString(),
    large,
    unavailable: false,
    member_count: members.size,
    voice_states: [],
    members: shown.map((member) => memberView(world, member)),
    channels,
    threads,
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
