import type { API } from '@discordjs/core';
import type { WorkflowClient } from '@temporalio/client';
import type { GuildConfiguration } from '../../src/config/guild/resolved';
import type { RegistrationReader, RegistrationRecorder } from '../../src/db/registration';
import type { Logger } from '../../src/observability/logger';
import type { HashCode } from '../../src/temporal/code-hash';
import type { Seal } from '../../src/temporal/seal';
import type { OpenBridge } from './bridges';
import type { GameEars } from './game-ears';

/** What the effects of registrations, accounts and whitelists work on. */
export interface RegistrationDependencies {
  readonly discord: API;
  /** The bot's own user id, asked of Discord once. */
  readonly botId: () => Promise<string>;
  readonly guilds: { get(guildId: string): Promise<GuildConfiguration | null> };
  readonly records: RegistrationReader & RegistrationRecorder;
  readonly seal: Seal;
  /** The keyed hash that stands for a code. */
  readonly hashCode: HashCode;
  /** So many bytes of a CSPRNG. */
  readonly randomBytes: (count: number) => Uint8Array;
  /** The way to the workflows of whitelists, and to registrations that are to end. */
  readonly workflows: WorkflowClient;
  /** Listens on game servers without a plugin. */
  readonly ears: GameEars;
  /** Speaks to a game server without a plugin. */
  readonly openBridge: OpenBridge;
  readonly log: Logger;
}
