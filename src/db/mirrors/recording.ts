import type { MirrorSettings } from '../../domain/mirrors/settings';
import type { CopyRecord } from './reading';

/**
 * What is recorded of mirrors: for the worker alone. Every method may be tried again and happens once, and throws
 * `DatabaseUnavailable` while Postgres is away.
 */

/** A mirror as it is to be, and whether the other guild agrees already. */
export interface MirrorDefinition {
  readonly settings: MirrorSettings;
  readonly agreed: boolean;
}

/** The ids of the mirrors that an application added, changed or removed. */
export interface MirrorsApplied {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

export type MirrorPut =
  | { readonly outcome: 'added' | 'unchanged' }
  /** There is another one of this id. */
  | { readonly outcome: 'exists' }
  /** It would copy in a circle with these mirrors. */
  | { readonly outcome: 'loop'; readonly names: readonly string[] };

export interface MirrorDefiner {
  /**
   * Makes the mirrors that the file defines exactly these. One that a command defined and the file now defines as
   * well becomes the file's. A mirror whose channels change begins anew; copies that were made stay in Discord.
   *
   * @param after messages behind this one are copied by the mirrors that are new
   * @throws UnknownGuild
   */
  applyMirrors(
    guildId: string,
    definitions: readonly MirrorDefinition[],
    after: string,
  ): Promise<MirrorsApplied>;
  /** Adds a mirror by command; of simultaneous ones that would make a circle one is refused. @throws UnknownGuild */
  putMirror(guildId: string, definition: MirrorDefinition, after: string): Promise<MirrorPut>;
  /** Forgets a mirror and what it copied. */
  removeMirror(
    guildId: string,
    id: string,
  ): Promise<{ readonly outcome: 'removed' | 'unknown' | 'in-file' }>;
  /**
   * What the guild that is copied into says of a mirror.
   *
   * @param after messages behind this one are copied where it agrees now
   * @returns whether there is such a mirror into that guild
   */
  answerMirror(answer: {
    readonly guildId: string;
    readonly id: string;
    readonly toGuildId: string;
    readonly userId: string;
    readonly agreed: boolean;
    readonly after: string;
  }): Promise<boolean>;
  /** Staff are told of this trouble. @returns whether it is news */
  told(guildId: string, id: string, trouble: string): Promise<boolean>;
  /** All troubles of a mirror are over: the next time they are told again. */
  over(guildId: string, id: string): Promise<void>;
}

/** A way of messages: from a channel into the target, or from a thread of it into the target's thread. */
export interface Stream {
  readonly key: string;
  readonly guildId: string;
  readonly mirrorId: string;
  readonly fromChannelId: string;
  readonly targetChannelId: string;
  readonly threadId: string | null;
  readonly isThread: boolean;
  readonly cursor: string;
  readonly wanted: string;
  readonly reviewAfter: string | null;
}

/** Who wants something done in a target. */
export interface Wish {
  readonly guildId: string;
  readonly mirrorId: string;
  readonly fromChannelId: string;
  readonly isThread: boolean;
  /** Everything up to this message is to be copied; `null`: nothing new. */
  readonly upTo: string | null;
  /** This message changed since it was copied; `null`: none. */
  readonly changed: string | null;
  /** Copies of messages behind this one are to be compared; `null`: none. */
  readonly reviewAfter: string | null;
  /** The workflow, and this try of its activity. */
  readonly holder: string;
  readonly token: string;
}

export type Taken =
  /** The target is ours until `release` or `rest`, as long as it is kept by `keep`. */
  | { readonly outcome: 'taken'; readonly streamKey: string; readonly targetChannelId: string }
  /** Another workflow works on it and will do this as well. */
  | { readonly outcome: 'queued'; readonly streamKey: string }
  /** An earlier try of this very workflow may still be at it; for so long (milliseconds). */
  | { readonly outcome: 'wait'; readonly forMs: number }
  /** The mirror is gone, or the other guild does not agree. */
  | { readonly outcome: 'off' };

export type Work =
  | {
      readonly kind: 'change';
      readonly stream: Stream;
      readonly messageId: string;
      readonly version: number;
    }
  | { readonly kind: 'copy'; readonly stream: Stream }
  | { readonly kind: 'review'; readonly stream: Stream };

/** An original as it was copied, so that differences are seen. */
export interface Shown {
  /** As Discord dates its last edit; `?`: nobody knows, an earlier try made the copy. */
  readonly editedAt: string | null;
  readonly attachments: readonly string[];
  readonly reactions: readonly string[];
}

export interface KnownCopy extends CopyRecord {
  readonly messageId: string;
  readonly shown: Shown;
}

/** A copy that is being posted: a try that died may have posted it. */
export interface BegunCopy extends Pick<CopyRecord, 'shownIn'> {
  readonly messageId: string;
  /** A digest of what it says, where the bot itself posts it. */
  readonly words: string | null;
}

export interface Webhook {
  readonly id: string;
  readonly sealedToken: string;
}

export interface CopyRecorder {
  /** Notes what is wanted and takes the target, if nobody holds it. */
  want(wish: Wish): Promise<Taken>;
  /** Holds the target for some more seconds. @returns whether it is still ours */
  keep(targetChannelId: string, token: string): Promise<boolean>;
  /** What is to be done next in a target; `null`: nothing. */
  nextWork(targetChannelId: string): Promise<Work | null>;
  /** Lets go of a target in which nothing is left to be done. @returns whether it was so */
  release(targetChannelId: string, token: string): Promise<boolean>;
  /** Lets go of it for now: the same workflow comes back within the time. */
  rest(targetChannelId: string, token: string, forMs: number): Promise<void>;
  /** Nothing is tried in this stream for so long; then it is as before. */
  block(streamKey: string, forMs: number): Promise<void>;

  webhook(targetChannelId: string): Promise<Webhook | null>;
  /** `null`: it is gone. */
  setWebhook(targetChannelId: string, webhook: Webhook | null): Promise<void>;
  setThread(streamKey: string, threadId: string): Promise<void>;

  /** Whether it is known that a message changed. */
  isChanged(streamKey: string, messageId: string): Promise<boolean>;
  /** A message is about to be copied: from here on, its copy may exist. */
  beginCopy(streamKey: string, begun: BegunCopy): Promise<void>;
  /** The copies that were begun and are not recorded. */
  begunCopies(streamKey: string): Promise<readonly BegunCopy[]>;
  /** What was begun does not exist. */
  notPosted(streamKey: string, messageId: string): Promise<void>;
  /** It was copied, and the stream is that far. */
  copied(stream: Stream, copy: KnownCopy): Promise<void>;
  /** It is not copied after all, and the stream is that far. */
  passedBy(stream: Stream, messageId: string): Promise<void>;
  /** The newest copy that stands in a channel or thread; `null`: none. */
  newestCopy(shownIn: string): Promise<string | null>;
  /** Those of a channel's or thread's messages that are copies of any mirror. */
  copiesAmong(shownIn: string, messageIds: readonly string[]): Promise<readonly string[]>;

  knownCopy(streamKey: string, messageId: string): Promise<KnownCopy | null>;
  /** The copies of messages behind one and up to another, by message. */
  knownCopies(streamKey: string, after: string, upTo: string): Promise<readonly KnownCopy[]>;
  /** A change was followed: the copy is like this now; `null`: it is gone. */
  followed(
    streamKey: string,
    messageId: string,
    version: number,
    shown: Shown | null,
  ): Promise<void>;
  /** These messages are different from their copies. */
  noteChanges(streamKey: string, messageIds: readonly string[]): Promise<void>;
  /** Copies were compared up to here; `null`: all of them. */
  reviewed(streamKey: string, upTo: string | null): Promise<void>;
  /** How a message fares: `waiting` until everything that is known of it was done. */
  standing(streamKey: string, messageId: string): Promise<'waiting' | 'copied' | 'absent'>;
}
