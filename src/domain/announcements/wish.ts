import type { Authentication, Origin, Route } from './settings';

/** What an administrator says of a source by command, as it was typed; `null`: nothing is said of it. */
export interface SourceWish {
  readonly provider: Origin['provider'] | null;
  readonly channel: { readonly id: string; readonly kind: Route['channelKind'] } | null;
  readonly youtubeChannel: string | null;
  /** Of a feed; whoever knows it may read what is private. */
  readonly feed: string | null;
  /** How often the feed is looked at, in milliseconds. */
  readonly everyMs: number | null;
  readonly zapierMapping: Extract<Origin, { provider: 'zapier' }>['mapping'] | null;
  readonly authentication: Authentication['kind'] | null;
  /** Where generic JSON has these; a JSONPath, or a text that is always taken. */
  readonly title: string | null;
  readonly text: string | null;
  readonly url: string | null;
  /** Patterns with commas between them; `all`: no filter. */
  readonly events: string | null;
  readonly branches: string | null;
  readonly language: string | null;
  readonly digestMs: number | null;
  readonly pingRoleId: string | null;
  /** The cool-down of the ping in milliseconds; `never`: nobody is pinged. */
  readonly pingEveryMs: number | 'never' | null;
  readonly publish: boolean | null;
  readonly thread: boolean | null;
  /** Where administrators are told that something is wrong with it. */
  readonly staffChannelId: string | null;
}

export const SAYS_NOTHING: SourceWish = {
  provider: null,
  channel: null,
  youtubeChannel: null,
  feed: null,
  everyMs: null,
  zapierMapping: null,
  authentication: null,
  title: null,
  text: null,
  url: null,
  events: null,
  branches: null,
  language: null,
  digestMs: null,
  pingRoleId: null,
  pingEveryMs: null,
  publish: null,
  thread: null,
  staffChannelId: null,
};

/** Whether it changes anything of a source that is there. */
export const saysNothing = (wish: SourceWish): boolean =>
  Object.values(wish).every((value) => value === null);
