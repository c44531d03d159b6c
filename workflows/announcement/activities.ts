import type { AnnouncementInput } from './contract';

/** The effects of an announcement. Each may be tried any number of times and happens once. */
export interface AnnouncementActivities {
  /** Reads what was delivered, filters it, and records what is to be posted. */
  takeDelivery(input: AnnouncementInput): Promise<Taken>;
  /** Posts what is planned, or makes the message agree with it; with its thread, ping and tags. */
  showPost(request: { readonly guildId: string; readonly key: string }): Promise<ShowOutcome>;
  /** Publishes an announcement channel's message within Discord's limit, which is counted in the records. */
  publishPost(request: { readonly guildId: string; readonly key: string }): Promise<PublishOutcome>;
  /** Records what came of the delivery in the end. */
  settleDelivery(request: {
    readonly input: AnnouncementInput;
    readonly failed: boolean;
  }): Promise<void>;
}

export interface Taken {
  /** Those that this workflow shows. Instants in milliseconds since the epoch. */
  readonly posts: readonly { readonly key: string; readonly dueAt: number }[];
  /** For the details that staff read: what came of it, without anything of what was delivered. */
  readonly verdict: string;
}

export type ShowOutcome =
  /** `publish`: it is to be published as well. */
  | { readonly outcome: 'shown'; readonly publish: boolean }
  | { readonly outcome: 'gone' | 'forbidden' }
  | { readonly outcome: 'later'; readonly notBefore: number };

export type PublishOutcome =
  | { readonly outcome: 'published' | 'gone' | 'forbidden' }
  | { readonly outcome: 'later'; readonly notBefore: number };
