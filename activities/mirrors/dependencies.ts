import type { API } from '@discordjs/core';
import type { GuildConfiguration } from '../../src/config/guild/resolved';
import type { CopyRecorder, MirrorDefiner, MirrorReader } from '../../src/db/mirrors';
import type { Logger } from '../../src/observability/logger';
import type { Seal } from '../../src/temporal/seal';

/** What the effects of mirrors work on. */
export interface MirrorDependencies {
  readonly discord: API;
  /** The bot's own user id, asked of Discord once. */
  readonly botId: () => Promise<string>;
  readonly guilds: { get(guildId: string): Promise<GuildConfiguration | null> };
  readonly records: MirrorReader & MirrorDefiner & CopyRecorder;
  readonly seal: Seal;
  /** Fetches an attachment; `null` when Discord does not have it any more. */
  readonly download: (url: string, signal: AbortSignal) => Promise<Buffer | null>;
  readonly log: Logger;
  readonly limits: MirrorLimits;
}

/** Milliseconds. */
export interface MirrorLimits {
  /** How long one activity works before it asks to be called again. */
  readonly patienceMs: number;
  /** How long nothing is tried where something has to be mended by a person. */
  readonly blockedMs: number;
}

/** The patience is well below the activity's own limit. */
export const MIRROR_LIMITS: MirrorLimits = { patienceMs: 4 * 60_000, blockedMs: 5 * 60_000 };
