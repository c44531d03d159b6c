/**
 * What the keeper of a source knows and has to do: asking a hub and renewing, looking at the feed, erasing old
 * deliveries, telling administrators what is wrong. Instants are milliseconds since the epoch. Nothing of it is
 * on record as events: a command leads straight to the next state (advance.ts), and what is to be done now
 * follows from the state alone (step.ts).
 */
export interface SubscriptionState {
  /** `null`: nobody has looked yet, or the source is gone. */
  readonly source: KeptSource | null;
  /** It was removed: what is left of it goes, then its keeper ends. */
  readonly gone: boolean;
  readonly lookedAt: number | null;
  /** When the records are looked at next. */
  readonly lookAt: number;
  readonly lastDeliveryAt: number | null;
  /** `null`: it has none, or none that can reach us. */
  readonly hub: HubState | null;
  /** Hubs that are to be told that we want nothing more. */
  readonly endings: readonly HubPlace[];
  /** `null`: it is not a feed. */
  readonly feed: FeedState | null;
  /** When deliveries are erased next. */
  readonly eraseAt: number;
  /** Requests to its address that were not taken. */
  readonly refusals: Readonly<Record<RefusalKind, Refusals | null>>;
  readonly troubles: readonly TroubleState[];
  /** Nothing is told before then: Discord could not be reached. */
  readonly tellAt: number;
}

/** What the records say of a source. */
export interface KeptSource {
  /** Another instant: it was removed and defined anew. */
  readonly createdAt: number;
  /** `null`: it is not a feed. */
  readonly polled: {
    /** Another one: its address is another one. */
    readonly id: string;
    readonly everyMs: number;
    /** While a hub tells what is new. */
    readonly everyMsWithHub: number;
  } | null;
  /** `found`: the feed names it. `null`: none, or none that can reach us. */
  readonly hub: HubPlace | 'found' | null;
  /** Of its newest secret; `null`: it has none yet. */
  readonly secretMadeAt: number | null;
  readonly silentAfterMs: number | null;
}

/** A hub, and what is subscribed to at it. */
export interface HubPlace {
  /** Of both: the same for the same. */
  readonly id: string;
  /** Both, sealed: who knows a feed's address may be able to read what is private. */
  readonly sealed: string;
}

export interface HubState {
  readonly place: HubPlace;
  /** `idle`: it does not send to us, and is to be asked. */
  readonly status: 'idle' | 'active' | 'refused';
  /** When it is asked next; `null`: it was asked, and its question is awaited. */
  readonly askAt: number | null;
  /** When it was asked last. */
  readonly askedAt: number | null;
  /** `null`: it does not send to us. */
  readonly leaseUntil: number | null;
  /** Which secret it was given. */
  readonly secretMadeAt: number | null;
  readonly failures: number;
  readonly failingSince: number | null;
  /** In a few words, ours or the hub's. */
  readonly error: string | null;
  /** Whether the records say the same. */
  readonly recorded: boolean;
}

export interface FeedState {
  readonly pollAt: number;
  readonly failures: number;
  readonly failingSince: number | null;
}

export type RefusalKind = 'mis-signed' | 'malformed';

export interface Refusals {
  readonly since: number;
  readonly last: number;
  readonly count: number;
}

/**
 * `silent`: nothing came for long. `hub`: it refuses, or cannot be reached. `feed`: the same of the feed.
 * `revoked`: the service ended what we had asked it for.
 */
export type Trouble = 'silent' | 'hub' | 'feed' | 'revoked' | RefusalKind;

export const TROUBLES: readonly Trouble[] = [
  'silent',
  'hub',
  'feed',
  'revoked',
  'mis-signed',
  'malformed',
];

export interface TroubleState {
  readonly trouble: Trouble;
  readonly since: number;
  /** More of it, in a few words: ours, or a service's own; `null`: there is nothing to add. */
  readonly reason: string | null;
  readonly told: boolean;
  readonly over: boolean;
}

export type SubscriptionCommand =
  /** The source's definition or secrets are other ones, or it is gone. */
  | { readonly type: 'changed' }
  /** The records are read from now on. */
  | { readonly type: 'looking' }
  | { readonly type: 'looked'; readonly look: Look }
  /** A hub wants to know whether we asked it, and was told that we did. */
  | {
      readonly type: 'hub-asked';
      readonly act: 'subscribe' | 'unsubscribe';
      readonly leaseSeconds: number | null;
    }
  | { readonly type: 'revoked'; readonly reason: string }
  | {
      readonly type: 'refused';
      readonly kind: RefusalKind;
      readonly count: number;
      readonly at: number;
    }
  /** The hub is asked for a subscription from now on; it may ask back before it answers. */
  | { readonly type: 'asking' }
  | { readonly type: 'asked'; readonly outcome: AskOutcome }
  /** The records say this of the hub. */
  | { readonly type: 'recorded'; readonly hub: HubState }
  /** A hub was told that we want nothing more, or that was given up: its lease ends by itself. */
  | { readonly type: 'unsubscribed'; readonly place: HubPlace }
  | { readonly type: 'polled'; readonly outcome: PollOutcome }
  | { readonly type: 'told'; readonly trouble: Trouble; readonly over: boolean }
  | { readonly type: 'not-told' }
  | { readonly type: 'erased'; readonly more: boolean }
  /** Time has passed. */
  | { readonly type: 'deadline' };

export interface Look {
  /** `null`: it is gone. */
  readonly source: KeptSource | null;
  readonly lastDeliveryAt: number | null;
  /** What administrators were told of and that is still so. */
  readonly told: readonly Trouble[];
}

export type AskOutcome =
  /** It will ask whether it was us. */
  | { readonly outcome: 'accepted'; readonly secretMadeAt: number }
  | { readonly outcome: 'refused' | 'unreachable'; readonly reason: string }
  | { readonly outcome: 'gone' };

export type PollOutcome =
  | {
      readonly outcome: 'fine';
      /** Whether there was news in it. */
      readonly delivered: boolean;
      /** The hub that it names; `null`: none that can reach us; absent: it did not change. */
      readonly hub?: HubPlace | null;
    }
  | {
      readonly outcome: 'unreachable' | 'malformed' | 'ended';
      readonly reason: string;
      /** Not before then; `null`: the server does not say. */
      readonly notBefore: number | null;
    }
  | { readonly outcome: 'gone' };

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A keeper that knows nothing: it looks at the records first. */
export const newSubscription = (now: number): SubscriptionState => ({
  source: null,
  gone: false,
  lookedAt: null,
  lookAt: now,
  lastDeliveryAt: null,
  hub: null,
  endings: [],
  feed: null,
  eraseAt: now,
  refusals: { 'mis-signed': null, malformed: null },
  troubles: [],
  tellAt: now,
});
