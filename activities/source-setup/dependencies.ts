import type { API } from '@discordjs/core';
import type { GuildConfiguration } from '../../src/config/guild/resolved';
import type { AnnouncementReader, SourceRecorder } from '../../src/db/announcements';
import type { Logger } from '../../src/observability/logger';
import type { Seal } from '../../src/temporal/seal';
import type { MakeSecret } from '../../src/temporal/source-secret';
import type { AnnouncementInput } from '../../workflows/announcement/contract';
import type { SubscriptionInput } from '../../workflows/subscription/contract';

/** What an administrator's changes to the sources work on. */
export interface SourceSetupDependencies {
  readonly discord: API;
  /** The bot's own user id, asked of Discord once. */
  readonly botId: () => Promise<string>;
  readonly guilds: { get(guildId: string): Promise<GuildConfiguration | null> };
  readonly records: Pick<AnnouncementReader, 'source' | 'delivery'> &
    Pick<SourceRecorder, 'putSource' | 'removeSource' | 'addSecret'>;
  readonly seal: Seal;
  readonly makeSecret: MakeSecret;
  /** Where the web server is reached from outside. */
  readonly publicUrl: string;
  /** Lets the keeper of a source look at the records; one that has none yet gets one. */
  readonly tellKeeper: (source: SubscriptionInput) => Promise<void>;
  /** Starts an announcement, unless it was started before. */
  readonly announce: (input: AnnouncementInput) => Promise<void>;
  readonly log: Logger;
}
