import { ChannelType } from 'discord-api-types/v10';
import type { Route } from '../../domain/announcements/settings';
import type { MirrorSettings } from '../../domain/mirrors/settings';
import {
  channelPermissions,
  guildPermissions,
  type ChannelView,
  type GuildView,
} from './guild-view';
import { NEEDED_TO_READ, NEEDED_TO_TELL, neededToCopyInto, neededToPost } from './needs';
import { lackingOf, type Permission } from './permission';

/** What keeps a route or a mirror from its work, as long as nobody does something about it. */
export type Trouble =
  | {
      readonly kind: 'lacking';
      readonly channelId: string;
      readonly isForum: boolean;
      readonly permissions: readonly Permission[];
      /** Whether a role has all of them, and only the channel's own settings take some away. */
      readonly onlyHere: boolean;
    }
  /** Discord has no such channel in this guild. */
  | { readonly kind: 'channel-gone'; readonly channelId: string }
  | { readonly kind: 'wrong-channel'; readonly channelId: string; readonly wanted: ChannelWanted }
  | { readonly kind: 'tags-gone'; readonly channelId: string; readonly tagIds: readonly string[] }
  /** The forum takes no post without a tag, and the route has none. */
  | { readonly kind: 'tag-needed'; readonly channelId: string }
  | { readonly kind: 'role-gone'; readonly roleId: string };

/** `text`: one of text or announcements. */
export type ChannelWanted = 'text' | 'announcement' | 'forum';

const TYPES: Readonly<Record<ChannelWanted, readonly ChannelType[]>> = {
  text: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
  announcement: [ChannelType.GuildAnnouncement],
  forum: [ChannelType.GuildForum],
};

/** What keeps a route from its posts. */
export function routeTroubles(view: GuildView, route: Route): Trouble[] {
  const { channelId, channelKind, publish, ping } = route;
  const isForum = channelKind === 'forum';
  const wanted = publish && !isForum ? 'announcement' : isForum ? 'forum' : 'text';
  const role = view.roles.find(({ id }) => id === ping?.roleId);
  return [
    ...(ping !== null && role === undefined
      ? [{ kind: 'role-gone', roleId: ping.roleId } as const]
      : []),
    ...placeTroubles(view, { channelId, wanted }, ({ tags }) => {
      const moderated = tags.some((tag) => tag.moderated && route.tagIds.includes(tag.id));
      return [
        ...neededToPost(route),
        ...(role?.mentionable === false ? (['MentionEveryone'] as const) : []),
        ...(moderated ? (['ManageThreads'] as const) : []),
      ];
    }),
    ...(isForum ? tagTroubles(view, route) : []),
  ];
}

/** What keeps administrators from being told in this channel. */
export function tellingTroubles(view: GuildView, channelId: string): Trouble[] {
  return placeTroubles(view, { channelId, wanted: 'text' }, () => NEEDED_TO_TELL);
}

/** What keeps a mirror from its originals. */
export function originalTroubles(view: GuildView, { fromChannelId }: MirrorSettings): Trouble[] {
  const place = { channelId: fromChannelId, wanted: 'text' } as const;
  return placeTroubles(view, place, () => NEEDED_TO_READ);
}

/** What keeps a mirror from its copies. @param view of the guild that is copied into */
export function copyTroubles(view: GuildView, settings: MirrorSettings): Trouble[] {
  const place = { channelId: settings.to.channelId, wanted: 'text' } as const;
  return placeTroubles(view, place, () => neededToCopyInto(settings));
}

function placeTroubles(
  view: GuildView,
  { channelId, wanted }: { readonly channelId: string; readonly wanted: ChannelWanted },
  needed: (channel: ChannelView) => readonly Permission[],
): Trouble[] {
  const channel = view.channels.find(({ id }) => id === channelId);
  if (channel === undefined) return [{ kind: 'channel-gone', channelId }];
  if (!TYPES[wanted].includes(channel.type)) return [{ kind: 'wrong-channel', channelId, wanted }];
  const permissions = lackingOf(channelPermissions(view, channel), needed(channel));
  if (permissions.length === 0) return [];
  const isForum = channel.type === ChannelType.GuildForum;
  const onlyHere = lackingOf(guildPermissions(view), permissions).length === 0;
  return [{ kind: 'lacking', channelId, isForum, permissions, onlyHere }];
}

function tagTroubles(view: GuildView, { channelId, tagIds }: Route): Trouble[] {
  const forum = view.channels.find(({ id }) => id === channelId);
  if (forum?.type !== ChannelType.GuildForum) return [];
  const { tags, needsTag } = forum;
  const gone = tagIds.filter((wanted) => tags.every(({ id }) => id !== wanted));
  return [
    ...(gone.length > 0 ? [{ kind: 'tags-gone', channelId, tagIds: gone } as const] : []),
    ...(needsTag && tagIds.length === 0 ? [{ kind: 'tag-needed', channelId } as const] : []),
  ];
}
