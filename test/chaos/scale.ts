/** How much a run does. Times in milliseconds. */
export interface Scale {
  readonly full: boolean;
  readonly seed: number;
  /** Ticket lives, and the time over which they begin. */
  readonly lives: number;
  readonly spreadMs: number;
  /** The longest time that somebody lets pass between two things that they do. */
  readonly longestPauseMs: number;
  /** Kills of each of bot, worker, Postgres and Temporal, and the time between two of them. */
  readonly killsOfEach: number;
  readonly killPauseMs: readonly [least: number, most: number];
  /** How often each of the exact points is met. */
  readonly rounds: number;
  /** For how long the gateway is gone. */
  readonly gatewayGoneMs: number;
  /** For how long the deletion of a channel is answered 503. */
  readonly refusedMs: number;
}

/**
 * `npm run chaos` sets CHAOS=full; a test run does little of everything. CHAOS_SEED repeats a run's
 * choices, as far as the timing of real processes lets it; CHAOS_LIVES, CHAOS_KILLS and CHAOS_ROUNDS
 * make a run longer or shorter.
 */
export function scaleOf(environment: NodeJS.ProcessEnv): Scale {
  const seed = numberOf(environment['CHAOS_SEED']) ?? Date.now() % 1_000_000;
  const usual = usualScale(environment['CHAOS'] === 'full', seed);
  const lives = numberOf(environment['CHAOS_LIVES']) ?? usual.lives;
  return {
    ...usual,
    lives,
    spreadMs: (usual.spreadMs * lives) / usual.lives,
    killsOfEach: numberOf(environment['CHAOS_KILLS']) ?? usual.killsOfEach,
    rounds: numberOf(environment['CHAOS_ROUNDS']) ?? usual.rounds,
  };
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function usualScale(full: boolean, seed: number): Scale {
  return full
    ? {
        full,
        seed,
        lives: 200,
        spreadMs: 480_000,
        longestPauseMs: 15_000,
        killsOfEach: 20,
        killPauseMs: [3_000, 9_000],
        rounds: 5,
        gatewayGoneMs: 60_000,
        refusedMs: 10_000,
      }
    : {
        full,
        seed,
        lives: 12,
        spreadMs: 12_000,
        longestPauseMs: 1_500,
        killsOfEach: 1,
        killPauseMs: [3_000, 6_000],
        rounds: 1,
        gatewayGoneMs: 4_000,
        refusedMs: 10_000,
      };
}
