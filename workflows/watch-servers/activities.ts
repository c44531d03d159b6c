/** The effects of a round. Each may be tried any number of times and happens once. */
export interface WatchServersActivities {
  /** How many batches the servers that are due make: 1 up to 1,000 servers; and what is left of earlier rounds. */
  planRound(): Promise<RoundPlan>;
  /**
   * Probes one batch of the due servers at once, suspects again until they are sure, and records checks,
   * states, spans and news in one transaction.
   */
  checkServers(batch: { readonly number: number; readonly of: number }): Promise<RoundOutcome>;
  /** Hands the news that nobody was told yet to the workflows of incidents and of channel names. */
  tellNews(): Promise<void>;
}

export interface RoundPlan {
  readonly batches: number;
  /** Whether news of an earlier round was told to nobody yet: somebody died before that. */
  readonly news: boolean;
}

export interface RoundOutcome {
  readonly checked: number;
  /** Whether there is anything to be told: the steady state has nothing. */
  readonly news: boolean;
}
