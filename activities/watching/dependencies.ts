import type { API } from '@discordjs/core';
import type { WorkflowClient } from '@temporalio/client';
import type { GuildConfiguration } from '../../src/config/guild/resolved';
import type { WatchReader, WatchRecorder } from '../../src/db/watching';
import type { ProbeKind } from '../../src/domain/watching/check';
import type { Probe } from '../../src/minecraft/probes';
import type { Logger } from '../../src/observability/logger';
import type { Seal } from '../../src/temporal/seal';

/** What the effects of watching game servers work on. */
export interface WatchingDependencies {
  readonly discord: API;
  /** The bot's own user id, asked of Discord once. */
  readonly botId: () => Promise<string>;
  readonly guilds: {
    get(guildId: string): Promise<GuildConfiguration | null>;
    all(): Promise<GuildConfiguration[]>;
  };
  readonly records: WatchReader & WatchRecorder;
  readonly probes: Readonly<Record<ProbeKind, Probe>>;
  /** The password of an environment variable; `undefined`: it is not set. */
  readonly passwordOf: (variable: string) => string | undefined;
  /** The way to the workflows of incidents and of channel names. */
  readonly workflows: WorkflowClient;
  /** What we can reach whenever we have a network, where no guild names anything. */
  readonly ownControl: ControlTarget;
  /** Starts, stops or quickens the rounds after a change of what is watched. */
  readonly adjustRounds: () => Promise<void>;
  readonly seal: Seal;
  /** Milliseconds since the epoch, by this machine's clock. */
  readonly clock: () => number;
  readonly log: Logger;
  /** How much is done at once, and how long is waited. */
  readonly limits: WatchingLimits;
}

export interface ControlTarget {
  readonly host: string;
  readonly port: number;
}

export interface WatchingLimits {
  /** Probes of one batch at the same time. */
  readonly concurrency: number;
  /** From the beginning of one probe of a suspect to the next one. */
  readonly suspectPauseMs: number;
  /** No further probe of a suspect begins so long after the first one of the round. */
  readonly suspectPatienceMs: number;
}

/**
 * With 256 probes at once on two cores, the published latency of 1,000 servers lies 2 to 4 ms above
 * their own at the median (bench/watch, whole rounds); three failures at 0, 4 and 8 seconds make an outage
 * within 15 seconds of its first one.
 */
export const WATCHING_LIMITS: WatchingLimits = {
  concurrency: 256,
  suspectPauseMs: 4_000,
  suspectPatienceMs: 13_000,
};
