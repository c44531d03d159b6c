import type { Route } from '../../domain/announcements/settings';
import type { MirrorSettings } from '../../domain/mirrors/settings';
import type { Permission } from './permission';

/** What the bot needs for what it does, and not more. */

/** In every guild: to make channels for cases, to hold talks there, and to ping a team by its role. */
export const NEEDED_EVERYWHERE: readonly Permission[] = [
  'ViewChannel',
  'ManageChannels',
  'ManageRoles',
  'SendMessages',
  'ManageMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'AddReactions',
  'MentionEveryone',
];

/**
 * Where a route posts. Publishing needs nothing more for a post of one's own
 * (https://docs.discord.com/developers/resources/message#crosspost-message); a forum's post that was archived
 * is opened again to be edited.
 */
export function neededToPost({
  channelKind,
  thread,
}: Pick<Route, 'channelKind' | 'thread'>): Permission[] {
  return [
    'ViewChannel',
    'SendMessages',
    'EmbedLinks',
    'ReadMessageHistory',
    ...(thread ? (['CreatePublicThreads'] as const) : []),
    ...(channelKind === 'forum' ? (['SendMessagesInThreads'] as const) : []),
  ];
}

/** Where administrators are told of trouble. */
export const NEEDED_TO_TELL: readonly Permission[] = [
  'ViewChannel',
  'SendMessages',
  'ReadMessageHistory',
];

/** Where a mirror's originals are. */
export const NEEDED_TO_READ: readonly Permission[] = ['ViewChannel', 'ReadMessageHistory'];

/** Where a mirror's copies are. What a webhook posts asks for no permission of the bot's. */
export function neededToCopyInto({
  style,
  reactions,
  threads,
}: Pick<MirrorSettings, 'style' | 'reactions' | 'threads'>): Permission[] {
  const isPlain = style === 'plain';
  return [
    'ViewChannel',
    'ReadMessageHistory',
    ...(isPlain
      ? (['SendMessages', 'EmbedLinks', 'AttachFiles'] as const)
      : (['ManageWebhooks'] as const)),
    ...(reactions ? (['AddReactions'] as const) : []),
    ...(threads ? (['CreatePublicThreads'] as const) : []),
    ...(threads && isPlain ? (['SendMessagesInThreads'] as const) : []),
  ];
}
