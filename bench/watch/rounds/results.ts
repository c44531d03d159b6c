/** What whole rounds showed: the schedule's tick, the workflow, the checks, the records. */
export interface WholeRounds {
  readonly servers: number;
  /** From each round's start to its end, as Temporal recorded them, in milliseconds. */
  readonly wallMs: readonly number[];
  /** Servers that were recorded as what they are not. */
  readonly wrong: number;
  /** Temporal Actions of a round, by their type. */
  readonly actions: Readonly<Record<string, number>>;
  /** Recorded latency less the server's own time, in milliseconds. */
  readonly latencyErrorP50: number;
  readonly latencyErrorP99: number;
  /** The most memory that the worker ever held, all of its work included, in MiB. */
  readonly workerPeakMiB: number;
}
