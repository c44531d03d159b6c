import type { Item } from '../../domain/announcements/item';
import type { Routed } from '../../domain/announcements/planning';
import type { Route, SourceSettings } from '../../domain/announcements/settings';
import type { DeliveryRecord, Fate, SourceOrigin, SubscriptionRecord } from './reading';

export type { Routed } from '../../domain/announcements/planning';

/**
 * What is recorded of sources and announcements: for the worker alone. Instants are milliseconds since the
 * epoch. Every method may be tried again and happens once, and throws `DatabaseUnavailable` while Postgres is
 * away.
 */

/** The ids of the sources that an application added, changed or removed. */
export interface SourcesApplied {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

export type SourcePut =
  | { readonly outcome: 'added' | 'changed' | 'unchanged' }
  /** It is defined in the configuration file, and only there it can be changed. */
  | { readonly outcome: 'in-file' };

export interface SourceRecorder {
  /**
   * Makes the sources that were defined in this way exactly these. One that a command defined and the file now
   * defines as well becomes the file's; the other ones of commands stay.
   *
   * @throws UnknownGuild
   */
  applySources(
    guildId: string,
    origin: SourceOrigin,
    definitions: readonly SourceSettings[],
  ): Promise<SourcesApplied>;
  /** Adds or changes a source by command. @throws UnknownGuild */
  putSource(guildId: string, definition: SourceSettings): Promise<SourcePut>;
  /** Its deliveries go with it; what was posted stays. */
  removeSource(
    guildId: string,
    id: string,
  ): Promise<{ readonly outcome: 'removed' | 'unknown' | 'in-file' }>;
  /**
   * Adds a secret, newest; those before it are valid until `othersUntil`. Repeated with the same `sealed` it
   * changes nothing. Those that are no longer valid at `secret.madeAt` are forgotten.
   *
   * @returns whether the source exists
   */
  addSecret(
    guildId: string,
    id: string,
    secret: { readonly sealed: string; readonly madeAt: number; readonly othersUntil: number },
  ): Promise<boolean>;
  /** Of a source that is gone nothing is recorded. */
  setSubscription(guildId: string, id: string, subscription: SubscriptionRecord): Promise<void>;
  /** What administrators were told of a source and that is still so, such as `silent`. @returns whether it is news */
  told(guildId: string, id: string, trouble: string): Promise<boolean>;
  /** It is over: the next time it is told again. @returns whether it had been told */
  over(guildId: string, id: string, trouble: string): Promise<boolean>;
  /** Deliveries that came before `before`. @returns the keys of what is kept of them, at most `limit` */
  expired(guildId: string, id: string, before: number, limit: number): Promise<readonly string[]>;
  /** The bytes under these keys are erased. */
  erased(guildId: string, id: string, storageKeys: readonly string[]): Promise<void>;
  /**
   * Forgets deliveries that came before `before` and of which nothing is kept any more. What was posted of them
   * stays known.
   *
   * @returns how many, at most `limit`
   */
  forget(guildId: string, id: string, before: number, limit: number): Promise<number>;
}

export interface PlannedPost {
  readonly key: string;
  readonly dueAt: number;
}

export interface Plan {
  /** The posts that this delivery is to show when they are due: it made them, or is to edit them. */
  readonly posts: readonly PlannedPost[];
  /** Whether some of it waits in posts that other deliveries show. */
  readonly joined: boolean;
}

export interface PostRecord {
  readonly key: string;
  readonly guildId: string;
  readonly sourceId: string;
  readonly route: Route;
  readonly status: 'planned' | 'shown' | 'gone' | 'failed';
  readonly plannedAt: number;
  readonly dueAt: number;
  readonly version: number;
  readonly shownVersion: number;
  readonly messageId: string | null;
  readonly threadId: string | null;
  readonly publishedAt: number | null;
  /** What it shows, in order; at least one. */
  readonly contents: readonly PostContent[];
}

export interface PostContent {
  readonly item: Item;
  /** Its source says that it is gone; the post marks it so. */
  readonly deleted: boolean;
}

export interface PostRecorder {
  /**
   * Records a delivery and what is to be posted of it, in one transaction. An item whose content its channel
   * already has changes that post, if it differs; a push shows only commits that the channel does not have.
   * Of simultaneous deliveries of one content exactly one makes the post. Repeated, it answers the same plan.
   *
   * @param delivery its fate is recorded as given where nothing is routed, else as it follows from the plan
   * @param againBy the interaction by which an administrator delivers it again, once for each: what could not
   *   be shown, or was deleted since, is posted anew; absent: it came from outside
   * @returns `null`: the source is gone
   */
  plan(
    delivery: Omit<DeliveryRecord, 'again'>,
    routed: readonly Routed[],
    now: number,
    againBy?: string,
  ): Promise<Plan | null>;
  /** Nothing joins it any more. `null`: there is none. */
  takePost(key: string): Promise<PostRecord | null>;
  /**
   * It shows `version` now. Deliveries that only joined it are posted with it.
   *
   * @returns whether there is something else to show by now: take it and show it again
   */
  postShown(
    key: string,
    shown: {
      readonly version: number;
      readonly messageId: string;
      readonly threadId: string | null;
    },
  ): Promise<boolean>;
  /** Which of these messages, or threads of a forum, are posts of ours on record. */
  shownMessages(channelId: string, messageIds: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * It will not be shown: somebody deleted it or its channel, or Discord refuses it for good. Deliveries that
   * only joined it failed with it.
   */
  postEnded(key: string, status: 'gone' | 'failed', reason: string): Promise<void>;
  /**
   * Whether this post may ping: the role's cool-down in the channel is over, or this post began it. Asked for the
   * same post again, it answers the same.
   */
  mayPing(
    key: string,
    ping: { readonly roleId: string; readonly everyMs: number },
    now: number,
  ): Promise<boolean>;
  /**
   * Takes one of the channel's publications in an hour for this message.
   *
   * @returns `null`: it may be published, now or because it was taken before; else not before then
   */
  takePublication(channelId: string, messageId: string, now: number): Promise<number | null>;
  postPublished(key: string, now: number): Promise<void>;
  /** What came of a delivery in the end. */
  setFate(
    delivery: { readonly guildId: string; readonly sourceId: string; readonly id: string },
    fate: Fate,
    reason: string | null,
  ): Promise<void>;
}

export type AnnouncementRecorder = SourceRecorder & PostRecorder;
