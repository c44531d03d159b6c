import { ChannelFlags, PermissionFlagsBits } from 'discord-api-types/v10';
import type { Route } from '../../src/domain/announcements/settings';
import { isLasting } from '../discord/codes';
import { permissionsIn } from '../discord/permissions';
import type { SourceSetupDependencies } from './dependencies';

const NAMES = {
  ViewChannel: 'View Channel',
  SendMessages: 'Send Messages',
  EmbedLinks: 'Embed Links',
  ReadMessageHistory: 'Read Message History',
  CreatePublicThreads: 'Create Public Threads',
} as const;

/**
 * What the bot may not do where it is to post, as sentences for the administrator. The source is defined all
 * the same: the right may be given afterwards.
 */
export async function channelWarnings(
  { discord, botId }: Pick<SourceSetupDependencies, 'discord' | 'botId'>,
  guildId: string,
  routes: readonly Route[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const userId = await botId();
  const found = await Promise.all(
    routes.map(async (route) => {
      const { channelId, thread } = route;
      try {
        const may = await permissionsIn(discord, { guildId, userId, channelId }, signal);
        const lacking = needed(thread).filter((name) => (may & PermissionFlagsBits[name]) === 0n);
        if (lacking.length > 0) return lackingIn(channelId, lacking);
        return (await wantsTags(discord, route, signal))
          ? `Each post in <#${channelId}> needs a tag. A command cannot name tags: define this source in the configuration file, or let posts there be without tags.`
          : null;
      } catch (error) {
        // Discord shows the bot no channel that it may not see.
        if (isLasting(error)) return lackingIn(channelId, ['ViewChannel']);
        throw error;
      }
    }),
  );
  return [...new Set(found)].filter((warning) => warning !== null);
}

/** Whether a forum takes no post without tags, and the route names none. */
async function wantsTags(
  discord: SourceSetupDependencies['discord'],
  { channelId, channelKind, tagIds }: Route,
  signal: AbortSignal,
): Promise<boolean> {
  if (channelKind !== 'forum' || tagIds.length > 0) return false;
  const { flags } = await discord.channels.get(channelId, { signal });
  return ((flags ?? 0) & ChannelFlags.RequireTag) !== 0;
}

const needed = (thread: boolean): readonly (keyof typeof NAMES)[] => [
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'ReadMessageHistory',
  ...(thread ? (['CreatePublicThreads'] as const) : []),
];

function lackingIn(channelId: string, lacking: readonly (keyof typeof NAMES)[]): string {
  const names = lacking.map((name) => `**${NAMES[name]}**`).join(', ');
  return `I cannot post in <#${channelId}> yet: give my role ${names} there.`;
}
