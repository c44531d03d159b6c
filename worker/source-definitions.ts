import type { Knex } from 'knex';
import type { GuildConfiguration } from '../src/config/guild';
import {
  createAnnouncementReader,
  createAnnouncementRecorder,
  type AnnouncementReader,
  type SourceRecorder,
  type SourcesApplied,
} from '../src/db/announcements';
import type { SubscriptionInput } from '../workflows/subscription/contract';

/** Where the configuration file's sources of announcements go. */
export interface SourceDefinitions {
  /** Makes a guild's sources those of the file. */
  apply(configuration: Pick<GuildConfiguration, 'guildId' | 'sources'>): Promise<SourcesApplied>;
  /**
   * Lets the keepers of all sources look at the records: those that are there, and those that were removed
   * since it was done last. A source that has no keeper gets one.
   */
  tellKeepers(tell: (source: SubscriptionInput) => Promise<void>): Promise<void>;
}

type Records = Pick<AnnouncementReader, 'sources'> & Pick<SourceRecorder, 'applySources'>;

export function sourceDefinitions(database: Knex): SourceDefinitions {
  const records: Records = {
    ...createAnnouncementReader(database),
    ...createAnnouncementRecorder(database),
  };
  let removed: readonly SubscriptionInput[] = [];
  return {
    async apply({ guildId, sources }) {
      const applied = await records.applySources(guildId, 'file', sources);
      removed = [...removed, ...applied.removed.map((sourceId) => ({ guildId, sourceId }))];
      return applied;
    },
    async tellKeepers(tell) {
      const gone = removed;
      const there = (await records.sources()).map(({ guildId, settings }) => ({
        guildId,
        sourceId: settings.id,
      }));
      for (const source of [...gone, ...there]) await tell(source);
      removed = removed.filter((source) => !gone.includes(source));
    },
  };
}
