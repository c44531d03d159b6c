import type { Scale } from '../scale';

/** How much a run over registrations does. Times in milliseconds. */
export interface RegisterScale {
  readonly full: boolean;
  /** People who register, and the time over which they begin. */
  readonly people: number;
  readonly spreadMs: number;
  /** People whose accounts staff link and unlink, and how often for each. */
  readonly citizens: number;
  readonly changes: number;
  /** The longest time that somebody lets pass between two things that they do. */
  readonly longestPauseMs: number;
  /** For how long a code is good: what the configuration allows is not shorter than a minute. */
  readonly timeoutMs: number;
  /** For how long somebody tries to prove an account. */
  readonly patienceMs: number;
  /** How long the game servers are up, and down. */
  readonly turnMs: readonly [least: number, most: number];
  /** Kills of each part, and the time between two of them. */
  readonly killsOfEach: number;
  readonly killPauseMs: readonly [least: number, most: number];
  readonly gatewayPauseMs: readonly [least: number, most: number];
  /** How long everything may take to come to rest when nothing happens any more. */
  readonly restMs: number;
}

/** A hundred kills in ten minutes, or one of each part in ten seconds. */
export function registerScale({ full }: Pick<Scale, 'full'>): RegisterScale {
  return full
    ? {
        full,
        people: 200,
        spreadMs: 300_000,
        citizens: 50,
        changes: 4,
        longestPauseMs: 45_000,
        timeoutMs: 180_000,
        patienceMs: 240_000,
        turnMs: [5_000, 35_000],
        killsOfEach: 20,
        killPauseMs: [2_000, 7_000],
        gatewayPauseMs: [8_000, 25_000],
        restMs: 420_000,
      }
    : {
        full,
        people: 12,
        spreadMs: 4_000,
        citizens: 6,
        changes: 2,
        longestPauseMs: 1_000,
        timeoutMs: 60_000,
        patienceMs: 30_000,
        turnMs: [1_500, 4_500],
        killsOfEach: 1,
        killPauseMs: [800, 1_800],
        gatewayPauseMs: [4_000, 12_000],
        restMs: 120_000,
      };
}
