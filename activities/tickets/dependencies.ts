import type { API } from '@discordjs/core';
import type { GuildConfiguration } from '../../src/config/guild/resolved';
import type { CaseReader, CaseRecorder } from '../../src/db/cases';
import type { ConversationRepository } from '../../src/db/conversations';
import type { Logger } from '../../src/observability/logger';
import type { ObjectStorage } from '../../src/storage/storage';
import type { Seal } from '../../src/temporal/seal';

/** What the ticket's effects work on. */
export interface TicketDependencies {
  readonly discord: API;
  /** The bot's own user id, asked of Discord once. */
  readonly botId: () => Promise<string>;
  readonly cases: CaseReader & CaseRecorder;
  readonly guilds: { get(guildId: string): Promise<GuildConfiguration | null> };
  readonly conversations: ConversationRepository;
  readonly storage: ObjectStorage;
  readonly seal: Seal;
  /** Fetches an attachment; `null` when Discord does not have it any more. */
  readonly download: (url: string, signal: AbortSignal) => Promise<Buffer | null>;
  readonly log: Logger;
}
