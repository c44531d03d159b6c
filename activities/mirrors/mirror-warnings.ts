import { readGuild, type GuildView } from '../../src/discord/rights/guild-view';
import { copyTroubles, originalTroubles } from '../../src/discord/rights/troubles';
import { troubleWords } from '../../src/discord/views/trouble-words';
import type { MirrorSettings } from '../../src/domain/mirrors/settings';
import type { Attempt } from '../attempt';
import type { MirrorDependencies } from './dependencies';

/**
 * What keeps the bot from reading a mirror's originals and from making its copies, as sentences for the
 * administrator. The mirror is defined all the same: what is missing may be given afterwards, and nothing is lost
 * until then.
 *
 * @param guildId of the guild that is copied from
 */
export async function mirrorWarnings(
  deps: MirrorDependencies,
  guildId: string,
  settings: MirrorSettings,
  attempt: Attempt,
): Promise<readonly string[]> {
  const view = await viewOf(deps, guildId, attempt);
  return [
    ...originalTroubles(view, settings).map((trouble) => troubleWords(trouble, 'read')),
    ...(settings.to.guildId === guildId
      ? copyWords(view, settings)
      : await copyWarnings(deps, settings, attempt)),
  ];
}

/** What keeps the bot from making a mirror's copies, for an administrator of the guild that is copied into. */
export async function copyWarnings(
  deps: MirrorDependencies,
  settings: MirrorSettings,
  attempt: Attempt,
): Promise<readonly string[]> {
  return copyWords(await viewOf(deps, settings.to.guildId, attempt), settings);
}

const copyWords = (view: GuildView, settings: MirrorSettings): readonly string[] =>
  copyTroubles(view, settings).map((trouble) => troubleWords(trouble, 'copy into'));

async function viewOf(
  { discord, botId }: MirrorDependencies,
  guildId: string,
  { signal }: Attempt,
): Promise<GuildView> {
  return readGuild(discord, { guildId, userId: await botId() }, signal);
}
