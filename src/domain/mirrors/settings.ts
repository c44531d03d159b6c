/** What an administrator says of a mirror: a rule that copies messages of one channel into another. */
export interface MirrorSettings {
  /** The administrator's word for it, unique in the guild. */
  readonly id: string;
  /** A channel of the guild that defines the mirror. */
  readonly fromChannelId: string;
  readonly to: { readonly guildId: string; readonly channelId: string };
  /** `webhook`: with the author's name and avatar; `plain`: posts of the bot that name the author. */
  readonly style: MirrorStyle;
  readonly filter: MirrorFilter;
  /** Whether the copy gets the reactions of its original, each once. */
  readonly reactions: boolean;
  /** Whether threads are copied into threads. */
  readonly threads: boolean;
  /** For so long after a message was written its edits are followed. */
  readonly editWindowMs: number;
}

export type MirrorStyle = 'webhook' | 'plain';

/** Which messages are copied. Texts are compared without regard to case. */
export interface MirrorFilter {
  /** Users by id; empty: everybody. */
  readonly authors: readonly string[];
  /** Whether messages of bots and webhooks are copied as well; never those that a mirror made. */
  readonly bots: boolean;
  /** At least one of them must be in the text; empty: anything goes. */
  readonly contains: readonly string[];
  /** None of them may be in the text. */
  readonly lacks: readonly string[];
}

/** A mirror's name that no other guild's mirror has. */
export function mirrorKey(guildId: string, mirrorId: string): string {
  return `${guildId}-${mirrorId}`;
}
