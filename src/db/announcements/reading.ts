import type { SourceSettings } from '../../domain/announcements/settings';

/** What is read of sources and their deliveries. Instants are milliseconds since the epoch. */

export type SourceOrigin = 'file' | 'command';

/** A secret that we made. */
export interface MadeSecret {
  readonly sealed: string;
  readonly madeAt: number;
  /** `null`: it is the newest one. Exclusive. */
  readonly validUntil: number | null;
}

export interface SourceRecord {
  readonly guildId: string;
  readonly origin: SourceOrigin;
  readonly settings: SourceSettings;
  /** When it was defined first: what is older is no news. */
  readonly createdAt: number;
  /** What administrators were told of it and that is still so, such as `silent`. */
  readonly told: readonly string[];
  /** The newest first; empty where environment variables hold them. */
  readonly secrets: readonly MadeSecret[];
  /** What a hub is expected to ask about; `null`: nothing was ever asked of one. */
  readonly subscription: SubscriptionRecord | null;
}

export interface SubscriptionRecord {
  /** As the hub names it. */
  readonly topic: string;
  readonly state: 'asked' | 'active' | 'ending' | 'refused';
  readonly askedAt: number | null;
  readonly leaseUntil: number | null;
  /** For the next question to the feed. */
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly askedFeedAt: number | null;
  /** A sentence: what went wrong last; `null`: nothing. */
  readonly error: string | null;
}

/**
 * `posted`: all that fits is shown. `waiting`: for a digest, the end of quiet hours, or Discord. `known`: it
 * was posted before, and nothing is different. `failed`: it cannot be posted; the reason says what to do.
 */
export type Fate =
  'received' | 'posted' | 'waiting' | 'known' | 'filtered' | 'ignored' | 'malformed' | 'failed';

export interface DeliveryRecord {
  readonly guildId: string;
  readonly sourceId: string;
  readonly id: string;
  readonly receivedAt: number;
  /** `null`: it was erased, and cannot be delivered again. */
  readonly storageKey: string | null;
  readonly bytes: number;
  readonly fate: Fate;
  readonly reason: string | null;
  readonly items: number;
  readonly again: number;
}

export interface DeliveryPage {
  /** The newest first. */
  readonly deliveries: readonly DeliveryRecord[];
  /** To be given for the next page; `null`: there is none. */
  readonly next: DeliveryPlace | null;
}

/** The last delivery of a page. */
export interface DeliveryPlace {
  readonly receivedAt: number;
  readonly id: string;
}

/** For every process. Every method throws `DatabaseUnavailable` while Postgres is away. */
export interface AnnouncementReader {
  /** Those of a guild, by their id; of all guilds where none is given. */
  sources(guildId?: string): Promise<readonly SourceRecord[]>;
  source(guildId: string, id: string): Promise<SourceRecord | null>;
  deliveries(
    source: { readonly guildId: string; readonly sourceId: string },
    page: { readonly after: DeliveryPlace | null; readonly limit: number },
  ): Promise<DeliveryPage>;
  delivery(guildId: string, sourceId: string, id: string): Promise<DeliveryRecord | null>;
}
