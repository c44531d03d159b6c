import type { Item } from '../item';
import type { Template } from '../settings';

/** What a post tells: the content, and whether its source says that it is gone. */
export interface Content {
  readonly item: Item;
  readonly deleted: boolean;
}

export interface RenderOptions {
  readonly template: Template;
  /** Of the built-in words, as a BCP 47 tag. One that we do not speak has English. */
  readonly language: string;
  /** The administrator's word for the source; shown where the news name no place. */
  readonly sourceName?: string | null;
}

/** A post as Discord takes it, within its limits. Whatever came from outside is shown and never acts. */
export interface RenderedPost {
  /** Above the embed; `null`: nothing. At most 1,800 UTF-16 code units: a role's mention fits before it. */
  readonly content: string | null;
  readonly embed: RenderedEmbed;
  /** Of a thread or a forum's post; at least one letter. */
  readonly threadName: string;
}

/** `null` is left out. All texts together have at most 6,000 UTF-16 code units. */
export interface RenderedEmbed {
  readonly title: string;
  readonly url: string | null;
  readonly description: string | null;
  /** As 0xRRGGBB. */
  readonly color: number;
  readonly author: {
    readonly name: string;
    readonly url: string | null;
    readonly iconUrl: string | null;
  } | null;
  readonly footer: string | null;
  readonly imageUrl: string | null;
  readonly thumbnailUrl: string | null;
  /** Milliseconds since the epoch. */
  readonly timestamp: number | null;
  readonly fields: readonly EmbedField[];
}

export interface EmbedField {
  readonly name: string;
  readonly value: string;
  readonly inline: boolean;
}

/**
 * Of embeds, messages and threads, in UTF-16 code units
 * (https://docs.discord.com/developers/resources/message#embed-object-embed-limits). Ours are smaller where a
 * reader has enough sooner.
 */
export const ROOM = {
  content: 1_800,
  title: 256,
  description: 4_096,
  footer: 300,
  author: 100,
  fields: 25,
  fieldName: 256,
  fieldValue: 1_024,
  embed: 6_000,
  threadName: 100,
} as const;
