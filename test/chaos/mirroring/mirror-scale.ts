/** How much a run does. Times in milliseconds. */
export interface MirrorScale {
  readonly messages: number;
  /** The longest pause between two things that people do. */
  readonly pauseMs: number;
  readonly killsOfEach: number;
  readonly killPauseMs: readonly [least: number, most: number];
  readonly gatewayPauseMs: readonly [least: number, most: number];
  /** How long everything may take to come to rest when nothing is killed or spoilt any more. */
  readonly restMs: number;
}

/** CHAOS_MESSAGES makes a run longer or shorter. */
export function mirrorScale({ full, messages }: { full: boolean; messages?: number }): MirrorScale {
  const usual: MirrorScale = full
    ? {
        messages: 2_000,
        pauseMs: 500,
        killsOfEach: 20,
        killPauseMs: [8_000, 20_000],
        gatewayPauseMs: [10_000, 30_000],
        restMs: 25 * 60_000,
      }
    : {
        messages: 20,
        pauseMs: 250,
        killsOfEach: 1,
        killPauseMs: [1_000, 2_000],
        gatewayPauseMs: [3_000, 6_000],
        restMs: 90_000,
      };
  return { ...usual, messages: messages ?? usual.messages };
}
