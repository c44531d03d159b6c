/**
 * What a source told, in one shape for all of them. Every text is data from outside with a bounded length
 * (bounds.ts): whoever shows it escapes it. Every address is http or https. Times are in milliseconds since
 * the epoch.
 */
export type Item =
  | Push
  | RefChange
  | Release
  | MergeRequest
  | Issue
  | Run
  | Stars
  | Video
  | FeedEntry
  | Stream
  | Post;

/**
 * What became of the content. `present`: so it is now; the source does not say whether it is new. It is, if
 * no post of that identity exists; else the post is made to agree.
 */
export type Change = 'created' | 'edited' | 'deleted' | 'present';

export interface Person {
  readonly name: string;
  readonly url: string | null;
  readonly avatarUrl: string | null;
}

/** Where it happened: a repository, a channel, a feed. */
export interface Place {
  readonly name: string;
  readonly url: string | null;
}

interface ItemBase {
  /** By content: see identity.ts. One identity is one post. */
  readonly identity: string;
  readonly change: Change;
  /** What filters call it: `push`, `release.published`. */
  readonly event: string;
  readonly place: Place | null;
  readonly author: Person | null;
  readonly url: string | null;
  readonly at: number | null;
}

export interface Ref {
  readonly kind: 'branch' | 'tag';
  readonly name: string;
}

export interface Commit {
  readonly identity: string;
  readonly sha: string;
  /** Its first line. */
  readonly title: string;
  readonly author: Person | null;
  readonly url: string | null;
  readonly at: number | null;
}

export interface Push extends ItemBase {
  readonly kind: 'push';
  readonly ref: Ref;
  /** The last commit's SHA. */
  readonly head: string;
  readonly forced: boolean;
  /** The newest ones, the oldest of them first. */
  readonly commits: readonly Commit[];
  /**
   * Older ones that are not in `commits`: how many, or `unknown` where the source only says that it left
   * some out. 0: none.
   */
  readonly more: number | 'unknown';
  /** Files that the commits touched, as far as the source says; `null`: it does not. */
  readonly paths: PathList | null;
  /** Names of all who wrote the commits. */
  readonly authors: readonly string[];
}

export interface PathList {
  readonly names: readonly string[];
  /** Whether these are all. */
  readonly whole: boolean;
}

/** A branch or tag that appeared or disappeared, without commits of its own. */
export interface RefChange extends ItemBase {
  readonly kind: 'ref';
  readonly ref: Ref;
  readonly act: 'created' | 'deleted';
}

export interface Release extends ItemBase {
  readonly kind: 'release';
  readonly tag: string;
  readonly title: string;
  readonly text: string;
  readonly prerelease: boolean;
}

/** A pull request or merge request. */
export interface MergeRequest extends ItemBase {
  readonly kind: 'merge-request';
  readonly act: 'opened' | 'merged' | 'closed' | 'reopened';
  /** As people name it, without a sign before it. */
  readonly number: string;
  readonly title: string;
  readonly text: string;
  readonly from: string | null;
  readonly into: string | null;
}

export interface Issue extends ItemBase {
  readonly kind: 'issue';
  readonly act: 'opened' | 'closed' | 'reopened';
  readonly number: string;
  readonly title: string;
  readonly text: string;
}

/** A pipeline or workflow run that ended. */
export interface Run extends ItemBase {
  readonly kind: 'run';
  readonly title: string;
  readonly number: string | null;
  readonly outcome: 'succeeded' | 'failed' | 'cancelled' | 'other';
  readonly ref: Ref | null;
  readonly head: string | null;
}

/** A repository has as many stars now as one speaks of. */
export interface Stars extends ItemBase {
  readonly kind: 'stars';
  readonly count: number;
}

export interface Video extends ItemBase {
  readonly kind: 'video';
  readonly id: string;
  readonly title: string;
  readonly imageUrl: string | null;
}

export interface FeedEntry extends ItemBase {
  readonly kind: 'entry';
  readonly title: string;
  readonly text: string;
  readonly imageUrl: string | null;
}

export interface Stream extends ItemBase {
  readonly kind: 'stream';
  readonly act: 'online' | 'offline';
  readonly title: string;
}

/** Anything else that can be told. */
export interface Post extends ItemBase {
  readonly kind: 'post';
  readonly title: string;
  readonly text: string;
  readonly imageUrl: string | null;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}
