import type { Driver } from '../../sandbox';
import type { ActionCounts } from '../measure/actions';
import type { Measured } from '../measure/processes';

/** Who is measured. */
export type SideName = 'castellan' | 'bare';

/** One of the two that are compared, running against a local Discord of its own. */
export interface Side {
  readonly name: SideName;
  readonly driver: Driver;
  /** The processes that open tickets: their processor time is what an opening costs. */
  readonly own: ReadonlyMap<string, Measured>;
  /** The servers behind them. */
  readonly servers: ReadonlyMap<string, Measured>;
  /** All others that belong to it. */
  readonly others: ReadonlyMap<string, Measured>;
  /** For how long after an opening something of it is still done, in milliseconds. */
  readonly aftermathMs: number;
  /** The Temporal Actions up to now; without Temporal, there are none. */
  actions(): Promise<ActionCounts>;
  /** Waits until no ticket is left, after every channel was deleted. */
  untilForgotten(): Promise<void>;
  stop(): Promise<void>;
}
