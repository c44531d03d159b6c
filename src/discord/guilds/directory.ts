import type { GuildConfiguration } from '../../config/guild/resolved';
import { withinTime } from '../../timing/within-time';

/** Where configurations come from. */
export interface ConfigurationSource {
  /** `null`: the guild is not set up. */
  get(guildId: string): Promise<GuildConfiguration | null>;
}

/** The guild's configuration was never read, and cannot be read now. */
export class ConfigurationUnavailable extends Error {
  readonly code = 'configuration-unavailable';

  constructor(options: ErrorOptions) {
    super('The configuration of the guild cannot be read.', options);
    this.name = 'ConfigurationUnavailable';
  }
}

interface Entry {
  known: { readonly configuration: GuildConfiguration | null; readonly at: number } | null;
  loading: Promise<GuildConfiguration | null> | null;
  /** Whether it is about to be read ahead of time. */
  renewing: boolean;
}

/** For how long a configuration is taken as it is (milliseconds). */
const FRESH_MS = 10_000;
/** From this age on a newer one is read, for which nobody waits yet: so soon after whoever asked was answered. */
const RENEW_MS = 5_000;
const RENEW_AFTER_MS = 50;
/** How long a reader waits for a newer one when there is an older one, and when there is none. */
const REFRESH_WAIT_MS = 300;
const FIRST_WAIT_MS = 1_500;

/**
 * Configurations of guilds, close at hand: a form must be shown within Discord's 3 seconds, also
 * while Postgres is away. Then the last known one is as good as any.
 */
export class GuildDirectory {
  readonly #entries = new Map<string, Entry>();

  /** @param now milliseconds on any clock that does not go back */
  constructor(
    private readonly source: ConfigurationSource,
    private readonly now: () => number,
  ) {}

  /**
   * @returns the configuration, at most some seconds old while the source answers; `null`: not set up
   * @throws ConfigurationUnavailable within 1.5 seconds
   */
  async get(guildId: string): Promise<GuildConfiguration | null> {
    const entry = this.#entry(guildId);
    const { known } = entry;
    if (known !== null && this.#isFresh(known)) {
      if (this.now() - known.at >= RENEW_MS) this.#renewSoon(guildId, entry);
      return known.configuration;
    }
    const wait = known === null ? FIRST_WAIT_MS : REFRESH_WAIT_MS;
    try {
      const late = (): Error => new Error(`Postgres did not answer within ${wait} ms.`);
      return await withinTime(wait, this.#load(guildId, entry), late);
    } catch (cause) {
      if (known !== null) return known.configuration;
      throw new ConfigurationUnavailable({ cause });
    }
  }

  /** Reads a configuration ahead of its first use; a failure does not matter. */
  warm(guildId: string): void {
    this.get(guildId).catch(() => undefined);
  }

  /** A guild without a configuration is probably just being set up: nobody is to be sent away a moment later. */
  #isFresh({ configuration, at }: NonNullable<Entry['known']>): boolean {
    return configuration !== null && this.now() - at < FRESH_MS;
  }

  #entry(guildId: string): Entry {
    const existing = this.#entries.get(guildId);
    if (existing !== undefined) return existing;
    const entry: Entry = { known: null, loading: null, renewing: false };
    this.#entries.set(guildId, entry);
    return entry;
  }

  /** Not at once: whoever asked is about to acknowledge a click, and reading takes the processor from that. */
  #renewSoon(guildId: string, entry: Entry): void {
    if (entry.renewing) return;
    entry.renewing = true;
    setTimeout(() => {
      entry.renewing = false;
      this.#load(guildId, entry).catch(() => undefined);
    }, RENEW_AFTER_MS).unref();
  }

  /** Reads the source; readers at the same time share one reading. */
  #load(guildId: string, entry: Entry): Promise<GuildConfiguration | null> {
    entry.loading ??= this.source
      .get(guildId)
      .then((configuration) => {
        entry.known = { configuration, at: this.now() };
        return configuration;
      })
      .finally(() => {
        entry.loading = null;
      });
    return entry.loading;
  }
}
