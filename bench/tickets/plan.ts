/** What can be measured, in the order in which it is: each a turn that the two sides take. */
export const TURNS = [
  'single',
  'single-far',
  'crowd',
  'crowd-far',
  'costs',
  'limited',
  'growth',
] as const;

export type TurnName = (typeof TURNS)[number];

/** How much is measured. */
export interface Plan {
  /** What is measured at all. */
  readonly turns: readonly TurnName[];
  /** How often the two sides take turns. */
  readonly rounds: number;
  /** In how many of the rounds, the first ones, it is measured what many open tickets cost. */
  readonly growthRounds: number;
  /** In how many of the rounds, the first ones, Discord's limits are in force once. */
  readonly limitedRounds: number;
  /** Openings before anything is measured, until the code is compiled and the connections are open. */
  readonly warmUp: number;
  /** Openings of one person, one after the other, without and with a round trip added. */
  readonly oneByOne: { readonly near: number; readonly far: number };
  /** How many people open a ticket at once. */
  readonly atOnce: number;
  /** How often they do in each round: of each time only the last few acknowledgements make its p99. */
  readonly crowds: { readonly near: number; readonly far: number };
  /** How many open one at once under Discord's limits. */
  readonly limited: number;
  /** With so many tickets open already, an opening's processor time is measured. */
  readonly levels: readonly number[];
  /** Over so many openings; a guild holds 500 channels in all. */
  readonly perLevel: number;
  /** How many are under way at a time while that is done. */
  readonly width: number;
}

/** The added round trip of a scenario that is far from Discord, in milliseconds. */
export const FAR_MS = 100;

/** What the figures in docs/measurements.md come from. */
export const FULL: Plan = {
  turns: TURNS,
  rounds: 4,
  growthRounds: 3,
  limitedRounds: 3,
  warmUp: 160,
  oneByOne: { near: 200, far: 20 },
  atOnce: 50,
  crowds: { near: 5, far: 2 },
  limited: 200,
  levels: [0, 200, 400],
  perLevel: 80,
  width: 8,
};

/** A look within about a minute. */
export const QUICK: Plan = {
  turns: TURNS,
  rounds: 1,
  growthRounds: 1,
  limitedRounds: 1,
  warmUp: 60,
  oneByOne: { near: 20, far: 8 },
  atOnce: 50,
  crowds: { near: 1, far: 1 },
  limited: 30,
  levels: [0, 60],
  perLevel: 40,
  width: 8,
};
