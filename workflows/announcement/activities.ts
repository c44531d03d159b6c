import type { AnnouncementInput } from './contract';

/** The effects of an announcement. Each may be tried any number of times and happens once. */
export interface AnnouncementActivities {
  /**
   * Reads what was delivered, filters it, and records what is to be posted.
   *
   * @param now milliseconds since the epoch, by the workflow's clock, which its timers have as well
   * @param wasAsked whether its service was asked for what it leaves out; absent: it was not
   */
  takeDelivery(input: AnnouncementInput, now: number, wasAsked?: boolean): Promise<Taken>;
  /** Asks the delivery's service for the commits that it leaves out. @returns how many are known by now */
  fetchLeftOut(input: AnnouncementInput): Promise<{ readonly commits: number }>;
  /** Posts what is planned, or makes the message agree with it; with its thread, ping and tags. */
  showPost(request: { readonly guildId: string; readonly key: string }): Promise<ShowOutcome>;
  /** Publishes an announcement channel's message within Discord's limit, which is counted in the records. */
  publishPost(request: { readonly guildId: string; readonly key: string }): Promise<PublishOutcome>;
  /** Records what came of the delivery in the end. */
  settleDelivery(request: {
    readonly input: AnnouncementInput;
    readonly came: Came;
  }): Promise<void>;
}

export interface Taken {
  /** Those that this workflow shows. Instants in milliseconds since the epoch. */
  readonly posts: readonly { readonly key: string; readonly dueAt: number }[];
  /** For the details that staff read: what came of it, without anything of what was delivered. */
  readonly verdict: string;
  /** Nothing is recorded yet: its service is to be asked first for commits that it leaves out. */
  readonly leftOut?: true;
}

/** `reason`: a sentence for the administrator, without anything of what was delivered. */
export interface NotShown {
  /**
   * `gone`: somebody deleted the post, or what it tells was deleted before it was due. `forbidden`: Discord
   * refuses it until somebody changes a permission or the configuration.
   */
  readonly outcome: 'gone' | 'forbidden';
  readonly reason: string;
}

export type ShowOutcome =
  | NotShown
  /** `publish`: it is to be published as well. */
  | { readonly outcome: 'shown'; readonly publish: boolean };

export type PublishOutcome =
  | NotShown
  | { readonly outcome: 'published' }
  | { readonly outcome: 'later'; readonly notBefore: number };

/** What came of a delivery, when all of its posts came to their end. */
export type Came =
  { readonly fate: 'posted' } | { readonly fate: 'known' | 'failed'; readonly reason: string };
