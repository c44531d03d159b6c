import type { Scale } from '../scale';

/** How much a run over watched servers does. Times in milliseconds. */
export interface WatchScale {
  readonly full: boolean;
  /** Kills at random of each of the worker, Postgres and Temporal, and the time between two of them. */
  readonly killsOfEach: number;
  readonly killPauseMs: readonly [least: number, most: number];
  /** How long everything may take to come to rest when nothing happens any more. */
  readonly restMs: number;
  /**
   * Whether it is waited until all channels have their names: Discord's limit makes the third change of one
   * wait for ten minutes.
   */
  readonly untilNamed: boolean;
}

/** 51 kills in about twelve minutes, or six in half a minute; those at effects come on top. */
export function watchScale({ full }: Pick<Scale, 'full'>): WatchScale {
  return full
    ? { full, killsOfEach: 17, killPauseMs: [3_000, 25_000], restMs: 600_000, untilNamed: true }
    : { full, killsOfEach: 2, killPauseMs: [3_000, 6_000], restMs: 90_000, untilNamed: false };
}
