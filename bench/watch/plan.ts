/** How much is measured. */
export interface Plan {
  /** How many servers the fleets have, from the smallest on; the first one warms everybody up. */
  readonly sizes: readonly number[];
  /** How often the subjects take turns on each fleet. */
  readonly rounds: number;
  /** Checks at a time. */
  readonly concurrency: number;
  readonly timeoutMs: number;
  /** How many whole rounds are measured with the largest fleet; 0: none. */
  readonly wholeRounds: number;
  /** How many rounds the probing process is to hold out without growing; 0: it is not measured. */
  readonly enduredRounds: number;
  /** Whoever keeps no timeout is waited for so long. */
  readonly mostMs: number;
}

/** What the figures in docs/measurements.md come from. */
export const FULL: Plan = {
  sizes: [10, 100, 1_000],
  rounds: 3,
  wholeRounds: 5,
  enduredRounds: 1_000,
  concurrency: 256,
  timeoutMs: 3_000,
  mostMs: 10_000,
};

/** A look within a minute. */
export const QUICK: Plan = {
  ...FULL,
  sizes: [10, 100],
  rounds: 1,
  wholeRounds: 0,
  enduredRounds: 0,
};
