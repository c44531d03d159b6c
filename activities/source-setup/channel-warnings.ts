import type { SourceSettings } from '../../src/domain/announcements/settings';
import { readGuild } from '../../src/discord/rights/guild-view';
import { routeTroubles, tellingTroubles } from '../../src/discord/rights/troubles';
import { troubleWords } from '../../src/discord/views/trouble-words';
import type { SourceSetupDependencies } from './dependencies';

/**
 * What keeps the bot from posting where it is to, and from telling administrators of trouble, as sentences for
 * the administrator. The source is defined all the same: what is missing may be given afterwards.
 */
export async function channelWarnings(
  { discord, botId }: Pick<SourceSetupDependencies, 'discord' | 'botId'>,
  guildId: string,
  { routes, staffChannelId }: SourceSettings,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const view = await readGuild(discord, { guildId, userId: await botId() }, signal);
  const warnings = [
    ...routes
      .flatMap((route) => routeTroubles(view, route))
      .map((trouble) => troubleWords(trouble, 'post in')),
    ...(staffChannelId === null ? [] : tellingTroubles(view, staffChannelId)).map((trouble) =>
      troubleWords(trouble, 'tell of trouble with this source in'),
    ),
  ];
  return [...new Set(warnings)];
}
