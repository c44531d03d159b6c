import type { FailureCause } from '../../../src/domain/watching/check';
import type { Turn } from './fleet';
import type { Condition } from './plan';

/** What was so, as the test that made it so knows it. Instants are milliseconds since the epoch. */

/** A time in which a server did not answer. */
export interface TrueOutage {
  /** It answered until then at least. */
  readonly from: number;
  /** It answers again from then on at the latest. */
  readonly to: number;
}

/** @param turns oldest first, the last one running */
export function trueOutages(turns: readonly Turn[]): TrueOutage[] {
  const outages: TrueOutage[] = [];
  let from: number | null = null;
  for (const turn of turns) {
    if (turn.condition !== 'running') from ??= turn.from;
    else if (from !== null) {
      outages.push({ from, to: turn.to });
      from = null;
    }
  }
  if (from !== null) throw new Error('At the end of its plan a server has to run.');
  return outages;
}

/** How the server was in a stretch of time, each condition and number of players once. */
export function conditionsIn(turns: readonly Turn[], from: number, to: number): readonly Turn[] {
  const begun = turns.filter((turn) => turn.from <= to);
  // What was settled before the stretch is over; what was being changed at its beginning counts.
  const settled = begun.findLastIndex((turn) => turn.to <= from);
  return begun.slice(Math.max(settled, 0));
}

/** What a probe says of a server that is so all the time: `null` for an answer. */
export const CAUSE_OF: Readonly<Record<Condition, FailureCause | null>> = {
  running: null,
  stopped: 'refused',
  frozen: 'timed-out',
};
