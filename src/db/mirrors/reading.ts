import type { MirrorSettings } from '../../domain/mirrors/settings';

/** What is read of mirrors and copies. Snowflakes are texts. */

export type MirrorOrigin = 'file' | 'command';

/** `asked`: the other guild's administrators have not answered; until they agreed nothing is copied. */
export type MirrorAgreement = 'agreed' | 'asked' | 'refused';

export interface MirrorRecord {
  /** Which guild defines it. */
  readonly guildId: string;
  readonly origin: MirrorOrigin;
  readonly settings: MirrorSettings;
  readonly agreement: MirrorAgreement;
  /** What staff were told of and that is still so. */
  readonly told: readonly string[];
}

/** A message's copy. */
export interface CopyRecord {
  readonly copyId: string;
  /** The channel or thread in which it stands. */
  readonly shownIn: string;
}

/** For every process. Every method throws `DatabaseUnavailable` while Postgres is away. */
export interface MirrorReader {
  /** All mirrors of all guilds, by guild and id. */
  mirrors(): Promise<readonly MirrorRecord[]>;
  /** Those that a guild defines and those into it, by guild and id. */
  mirrorsOf(guildId: string): Promise<readonly MirrorRecord[]>;
  mirror(guildId: string, id: string): Promise<MirrorRecord | null>;
  /** Every webhook that mirrors ever wrote with. */
  mirrorWebhooks(): Promise<readonly string[]>;
  /** The copy that a mirror made of a message; `null`: none, or it was deleted. */
  copyOf(guildId: string, mirrorId: string, messageId: string): Promise<CopyRecord | null>;
}
