import { PermissionFlagsBits } from 'discord-api-types/v10';
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
    routes.map(async ({ channelId, thread }) => {
      try {
        const may = await permissionsIn(discord, { guildId, userId, channelId }, signal);
        const lacking = needed(thread).filter((name) => (may & PermissionFlagsBits[name]) === 0n);
        return lacking.length === 0 ? null : lackingIn(channelId, lacking);
      } catch (error) {
        // Discord shows the bot no channel that it may not see.
        if (isLasting(error)) return lackingIn(channelId, ['ViewChannel']);
        throw error;
      }
    }),
  );
  return [...new Set(found)].filter((warning) => warning !== null);
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
