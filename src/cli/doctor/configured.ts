import { connect } from '../../db/connection';
import { createAnnouncementReader, type SourceRecord } from '../../db/announcements';
import { createGuildRepository } from '../../db/guilds';
import { createMirrorReader, type MirrorRecord } from '../../db/mirrors';
import type { GuildConfiguration } from '../../config/guild';
import type { Uses } from '../../discord/rights/invitation';

/** What guilds are set up to do, by the file and by commands. */
export interface Configured {
  readonly guilds: readonly GuildConfiguration[];
  readonly sources: readonly SourceRecord[];
  readonly mirrors: readonly MirrorRecord[];
}

/** Reads the records. @throws when they cannot be read, for whichever reason */
export async function readConfigured(databaseUrl: string): Promise<Configured> {
  const database = connect(databaseUrl, { poolMax: 1, applicationName: 'castellan doctor' });
  try {
    return {
      guilds: await createGuildRepository(database).all(),
      sources: await createAnnouncementReader(database).sources(),
      // Of the others nothing is copied.
      mirrors: (await createMirrorReader(database).mirrors()).filter(
        ({ agreement }) => agreement === 'agreed',
      ),
    };
  } finally {
    await database.destroy();
  }
}

/** What one guild uses; `null`: it is not set up, and no other guild copies into it. */
export function usesOf({ guilds, sources, mirrors }: Configured, guildId: string): Uses | null {
  const guild = guilds.find((one) => one.guildId === guildId);
  const into = mirrors.filter(({ settings }) => settings.to.guildId === guildId);
  if (guild === undefined && into.length === 0) return null;
  return {
    nicknames: guild?.registration?.nickname ?? false,
    routes: sources
      .filter((source) => source.guildId === guildId)
      .flatMap(({ settings }) => settings.routes),
    mirrors: into.map(({ settings }) => settings),
  };
}
