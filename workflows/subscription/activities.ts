import type {
  AskOutcome,
  HubPlace,
  HubState,
  Look,
  PollOutcome,
  TroubleState,
} from '../../src/domain/announcements/subscription/subscription';
import type { SubscriptionInput } from './contract';

/** The effects of keeping a source. Each may be tried any number of times and happens once. */
export interface SubscriptionActivities {
  /** What the records say of the source. */
  lookAtSource(source: SubscriptionInput): Promise<Look>;
  /** Asks a hub for a subscription, or for a new lease, with the source's newest secret. It asks back later. */
  askHub(request: {
    readonly source: SubscriptionInput;
    readonly place: HubPlace;
    /** Whether it sends to us at present. */
    readonly isRenewal: boolean;
  }): Promise<AskOutcome>;
  /** Records what became of a subscription. */
  recordHub(request: { readonly source: SubscriptionInput; readonly hub: HubState }): Promise<void>;
  /** Tells a hub that we want nothing more. */
  unsubscribe(request: {
    readonly source: SubscriptionInput;
    readonly place: HubPlace;
  }): Promise<void>;
  /** Reads the feed, and starts the announcement of what is new in it. */
  pollFeed(source: SubscriptionInput): Promise<PollOutcome>;
  /** Tells administrators what is wrong, or that it is over. */
  tellTrouble(request: {
    readonly source: SubscriptionInput;
    readonly trouble: TroubleState;
  }): Promise<void>;
  /**
   * Erases a bounded number of deliveries that were kept for long enough.
   *
   * @param request `all`: every one, since the source is gone
   * @returns whether there may be more of them
   */
  eraseDeliveries(request: {
    readonly source: SubscriptionInput;
    readonly all: boolean;
  }): Promise<{ readonly more: boolean }>;
}
