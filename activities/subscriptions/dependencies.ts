import type { API } from '@discordjs/core';
import type {
  AnnouncementReader,
  SourceRecorder,
  SubscriptionRecorder,
} from '../../src/db/announcements';
import type { YoutubeEnvironment } from '../../src/config/environment';
import type { Logger } from '../../src/observability/logger';
import type { ObjectStorage } from '../../src/storage/storage';
import type { Seal } from '../../src/temporal/seal';
import type { AnnouncementInput } from '../../workflows/announcement/contract';

/** What the effects of keeping sources work on. */
export interface SubscriptionDependencies {
  readonly discord: API;
  /** The bot's own user id, asked of Discord once. */
  readonly botId: () => Promise<string>;
  readonly records: AnnouncementReader & SourceRecorder & SubscriptionRecorder;
  readonly storage: Pick<ObjectStorage, 'put' | 'list' | 'delete'>;
  readonly seal: Seal;
  readonly randomBytes: (count: number) => Buffer;
  /** A secret by the name of its environment variable; `undefined`: it is not set. */
  readonly secretOf: (variable: string) => string | undefined;
  /** Starts an announcement, unless it was started before. */
  readonly announce: (input: AnnouncementInput) => Promise<void>;
  /** Where the web server is reached from outside, without a slash at its end. */
  readonly publicUrl: string;
  readonly youtube: YoutubeEnvironment;
  readonly log: Logger;
}
