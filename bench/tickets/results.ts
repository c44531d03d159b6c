import type { Machine } from '../measure/machine';
import type { Plan } from './plan';
import type { CostFigures, LevelFigures, ScenarioFigures } from './scenarios';
import type { SideName } from './side';

/** The scenarios whose times are measured. */
export const SCENARIOS = {
  oneByOne: 'one user, one after another',
  oneByOneFar: 'one user, 100 ms away',
  atOnce: '50 at once',
  atOnceFar: '50 at once, 100 ms away',
  limited: 'at once under Discord’s limits',
} as const;

export type ScenarioName = keyof typeof SCENARIOS;

/** What one side showed in one round. */
export interface SideRound {
  /** Of each scenario as often as it was run. */
  readonly scenarios: Partial<Record<ScenarioName, readonly ScenarioFigures[]>>;
  readonly costs?: CostFigures;
  readonly growth?: readonly LevelFigures[];
  /** MiB by process, with the most tickets open. */
  readonly memory?: Readonly<Record<string, number>>;
}

/** Everything that was measured, as it is written to a file. */
export interface Results {
  readonly machine: Machine;
  readonly seed: number;
  readonly plan: Plan;
  /** When it began, ISO 8601. */
  readonly begun: string;
  readonly seconds: number;
  readonly rounds: readonly Readonly<Record<SideName, SideRound>>[];
}
