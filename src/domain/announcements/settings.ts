import type { Filter } from './filter';

/** What an administrator says of a source: where its news go, which of them, and how they look. */
export interface SourceSettings {
  /** The administrator's word for it, unique in the guild. */
  readonly id: string;
  readonly origin: Origin;
  /**
   * Environment variables of the web process that hold its secrets, the newest first; all of them are valid.
   * Empty: we made the secrets, and keep them sealed in the records.
   */
  readonly secretVariables: readonly string[];
  readonly routes: readonly Route[];
  /** Where administrators are told that it is silent, failing or mis-signed; `null`: nowhere. */
  readonly staffChannelId: string | null;
  /** Without a delivery for so long it counts as silent; `null`: it never does. */
  readonly silentAfterMs: number | null;
  /** For how long its deliveries are kept as they came. */
  readonly keepDeliveriesMs: number;
}

/** Which service tells the news, and how it is to be read. */
export type Origin =
  | { readonly provider: 'bitbucket' | 'twitch' }
  | {
      readonly provider: 'github' | 'gitlab';
      /**
       * Whether it is asked for commits that its deliveries leave out also on private and local networks, and
       * without https; absent: it is not. Only the file says so.
       */
      readonly allowInternal?: boolean;
    }
  | { readonly provider: 'youtube'; readonly channelId: string }
  | {
      readonly provider: 'feed';
      readonly address: string;
      readonly everyMs: number;
      /** Whether it, and the hub that it names, may be on private and local networks. Only the file says so. */
      readonly allowInternal: boolean;
    }
  | { readonly provider: 'zapier'; readonly mapping: 'plain' | 'youtube' | 'twitter' }
  | {
      readonly provider: 'generic';
      readonly authentication: Authentication;
      readonly mapping: Mapping;
    };

/** How whoever sends generic JSON shows that it is genuine. Header names are in lower case. */
export type Authentication =
  | {
      readonly kind: 'hmac';
      readonly header: string;
      readonly algorithm: 'sha256' | 'sha512';
      readonly encoding: 'hex' | 'base64';
      /** What stands before the signature, such as `sha256=`. */
      readonly prefix: string;
    }
  | {
      readonly kind: 'bearer';
      /** Another header that has the token and nothing else; `null`: `Authorization`. */
      readonly header: string | null;
    }
  | { readonly kind: 'standard-webhooks' };

/**
 * How a service's JSON becomes posts. A value that begins with `$` is a JSONPath (RFC 9535); any other is
 * taken as it stands.
 */
export interface Mapping {
  /** A list in the body, whose entries are a post each; paths of the others begin there. */
  readonly items?: string;
  readonly id?: string;
  /** `created`, `edited` or `deleted`; anything else says how the content is now. */
  readonly change?: string;
  readonly event?: string;
  readonly title?: string;
  readonly text?: string;
  readonly url?: string;
  readonly author?: string;
  readonly authorUrl?: string;
  readonly authorImage?: string;
  readonly image?: string;
  readonly at?: string;
  readonly fields?: readonly { readonly name: string; readonly value: string }[];
}

/** One way of a source's news into a channel. Of several to the same channel, the first that an item fits counts. */
export interface Route {
  readonly channelId: string;
  /** In a forum every post is a thread of its own. */
  readonly channelKind: 'text' | 'announcement' | 'forum';
  readonly filter: Filter;
  /** What stands in place of the built-in words; each part is a template. */
  readonly template: Template;
  /** Of the built-in words, such as `en` or `de`. */
  readonly language: string;
  /** A role that is pinged, at most once in `everyMs`; `null`: nobody is. */
  readonly ping: { readonly roleId: string; readonly everyMs: number } | null;
  /** Whether a thread for talk is begun at each post. */
  readonly thread: boolean;
  /** Tags of a forum's posts, by id. */
  readonly tagIds: readonly string[];
  /** Whether posts in an announcement channel are published to the channels that follow it. */
  readonly publish: boolean;
  /** News of so long a time are one post; 0: each at once. */
  readonly digestMs: number;
  /** Within them nothing is posted; what came is posted when they end. */
  readonly quietHours: QuietHours | null;
}

/** Minutes since midnight on the clocks of the zone; `from` may be later than `to`: over midnight. */
export interface QuietHours {
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly timeZone: string;
}

/** Each part that is absent has the built-in words. */
export interface Template {
  /** Above the embed, where a ping stands as well. */
  readonly content?: string;
  readonly title?: string;
  readonly description?: string;
  readonly footer?: string;
}
