import type { GuildConfiguration } from '../../config/guild/resolved';
import { nowAndAgain } from '../../timing/now-and-again';
import { withinTime } from '../../timing/within-time';

/** Where configurations come from. */
export interface ConfigurationSource {
  /** `null`: the guild is not set up. */
  get(guildId: string): Promise<GuildConfiguration | null>;
}

/** A source that can be asked what was changed. */
export interface FollowedSource extends ConfigurationSource {
  /**
   * @param since the `until` of the answer before this one; `null`: there was none
   * @returns the guilds whose configuration was changed between the two answers, and perhaps some of
   *   shortly before
   */
  changes(since: string | null): Promise<{
    readonly guildIds: readonly string[];
    readonly until: string;
  }>;
}

/** The guild's configuration was never read, and cannot be read now. */
export class ConfigurationUnavailable extends Error {
  readonly code = 'configuration-unavailable';

  constructor(options: ErrorOptions) {
    super('The configuration of the guild cannot be read.', options);
    this.name = 'ConfigurationUnavailable';
  }
}

/** How often it is asked what was changed (milliseconds). */
const ASK_EVERY_MS = 5_000;
/** How long a reader waits for the configuration of a guild that had none, and of one that was never read. */
const AGAIN_WAIT_MS = 300;
const FIRST_WAIT_MS = 1_500;

/**
 * Configurations of guilds, close at hand: a form must be shown within Discord's 3 seconds, also
 * while Postgres is away. Then the last known one is as good as any. Each is read once. What is changed
 * later is asked for every few seconds, in one question for all guilds, so that no click waits for it.
 */
export class GuildDirectory {
  /** `null`: the guild was not set up when it was read. */
  readonly #known = new Map<string, GuildConfiguration | null>();
  readonly #loading = new Map<string, Promise<GuildConfiguration | null>>();
  /** Changed since they were read. */
  readonly #outdated = new Set<string>();
  /** Up to where the source has told of changes. */
  #until: string | null = null;

  constructor(private readonly source: FollowedSource) {}

  /**
   * @returns the configuration, at most some seconds old while the source answers; `null`: not set up
   * @throws ConfigurationUnavailable within 1.5 seconds
   */
  async get(guildId: string): Promise<GuildConfiguration | null> {
    const known = this.#known.get(guildId);
    // A guild without a configuration is probably just being set up: nobody is to be sent away a moment later.
    if (known != null) return known;
    const wait = known === null ? AGAIN_WAIT_MS : FIRST_WAIT_MS;
    try {
      const late = (): Error => new Error(`Postgres did not answer within ${wait} ms.`);
      return await withinTime(wait, this.#load(guildId), late);
    } catch (cause) {
      if (known === null) return null;
      throw new ConfigurationUnavailable({ cause });
    }
  }

  /** Reads a configuration ahead of its first use; a failure does not matter. */
  warm(guildId: string): void {
    this.get(guildId).catch(() => undefined);
  }

  /** Learns what is changed from now on, until the signal is aborted. While the source is away it tries on. */
  follow(signal: AbortSignal): void {
    nowAndAgain(ASK_EVERY_MS, () => this.#catchUp(), signal);
  }

  /** Reads what was changed and is known here; never rejects. What cannot be read now is read the next time. */
  async #catchUp(): Promise<void> {
    try {
      const { guildIds, until } = await this.source.changes(this.#until);
      this.#until = until;
      for (const guildId of guildIds) if (this.#known.has(guildId)) this.#outdated.add(guildId);
    } catch {
      // Until the source is back, what is known is as good as any.
      return;
    }
    // One after the other: many may have been changed at once, and people have questions to Postgres, too.
    for (const guildId of this.#outdated) {
      await this.#load(guildId).then(
        () => this.#outdated.delete(guildId),
        () => undefined,
      );
    }
  }

  /** Reads the source; readers at the same time share one reading. */
  #load(guildId: string): Promise<GuildConfiguration | null> {
    const underWay = this.#loading.get(guildId);
    if (underWay !== undefined) return underWay;
    const loading = this.source
      .get(guildId)
      .then((configuration) => {
        this.#known.set(guildId, configuration);
        return configuration;
      })
      .finally(() => {
        this.#loading.delete(guildId);
      });
    this.#loading.set(guildId, loading);
    return loading;
  }
}
