import type { API } from '@discordjs/core';
import type { AnnouncementReader, AnnouncementRecorder } from '../../src/db/announcements';
import type { Logger } from '../../src/observability/logger';
import type { ObjectStorage } from '../../src/storage/storage';

/** What the effects of announcements work on. */
export interface AnnouncementDependencies {
  readonly discord: API;
  /** The bot's own user id, asked of Discord once. */
  readonly botId: () => Promise<string>;
  readonly records: AnnouncementReader & AnnouncementRecorder;
  readonly storage: Pick<ObjectStorage, 'get' | 'put' | 'delete'>;
  readonly log: Logger;
}
