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
  /** Brings the live status messages up to date, each at most once a minute and if something changed. */
  showStatus(): Promise<void>;
}

export interface RoundPlan {
  readonly batches: number;
  /** Whether news of an earlier round was told to nobody yet: somebody died before that. */
  readonly news: boolean;
  /** Whether a live status message is to be looked at: once a minute where there is one. */
  readonly board: boolean;
}

export interface RoundOutcome {
  readonly checked: number;
  /** Whether there is anything to be told: the steady state has nothing. */
  readonly news: boolean;
}
