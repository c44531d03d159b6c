import { PermissionFlagsBits } from 'discord-api-types/v10';

/** What the bot may be given, as Discord's settings call it. */
const NAMES = {
  ViewChannel: 'View Channel',
  ManageChannels: 'Manage Channels',
  ManageRoles: 'Manage Roles',
  ManageWebhooks: 'Manage Webhooks',
  ManageNicknames: 'Manage Nicknames',
  SendMessages: 'Send Messages',
  SendMessagesInThreads: 'Send Messages in Threads',
  CreatePublicThreads: 'Create Public Threads',
  ManageThreads: 'Manage Threads',
  ManageMessages: 'Manage Messages',
  EmbedLinks: 'Embed Links',
  AttachFiles: 'Attach Files',
  ReadMessageHistory: 'Read Message History',
  AddReactions: 'Add Reactions',
  MentionEveryone: 'Mention All Roles',
} as const satisfies Partial<Record<keyof typeof PermissionFlagsBits, string>>;

export type Permission = keyof typeof NAMES;

/** In the settings of a forum, `SendMessages` has another name. */
export function permissionName(permission: Permission, isForum = false): string {
  return isForum && permission === 'SendMessages' ? 'Create Posts' : NAMES[permission];
}

/** As Discord writes them down together. */
export function bitsOf(permissions: Iterable<Permission>): bigint {
  return [...permissions].reduce((sum, name) => sum | PermissionFlagsBits[name], 0n);
}

/** Which of them are not there. @param may bits of PermissionFlagsBits */
export function lackingOf(may: bigint, needed: readonly Permission[]): Permission[] {
  if ((may & PermissionFlagsBits.Administrator) !== 0n) return [];
  return needed.filter((name) => (may & PermissionFlagsBits[name]) === 0n);
}
