import type { FailureCause } from '../../../src/domain/watching/check';
import type { Thresholds } from '../../../src/domain/watching/server';
import { INTERVAL_MS } from './plan';
import type { CheckRow } from './watch-evidence';

/** What the checks of a server make of it by the rules in words, counted independently of the product. */
export interface ExpectedDowntime {
  readonly from: number;
  /** `null`: it is going on. */
  readonly to: number | null;
  readonly cause: FailureCause;
}

interface Down {
  readonly from: number;
  cause: FailureCause;
  /** Whether so many failures were seen since somebody looks again. */
  sure: boolean;
}

interface Run {
  readonly since: number;
  readonly length: number;
}

/** Two intervals and 15 seconds without a look are what makes a time unknown. */
export const BLIND_MS = 2 * INTERVAL_MS + 15_000;

/**
 * So many failures in a row begin a downtime at the first of them; so many answers end it at the first of
 * those, and fewer failures than make a downtime do not disturb them. Where nobody looked for a while, counting
 * begins anew; a downtime goes on over such a time.
 *
 * @param blindFrom since when the records say that nobody looked: it counts from a round's beginning, which is a
 * moment before its check
 */
export function expectedDowntimes(
  checks: readonly CheckRow[],
  blindFrom: readonly number[],
  { downAfter, upAfter }: Pick<Thresholds, 'downAfter' | 'upAfter'>,
): ExpectedDowntime[] {
  const found: ExpectedDowntime[] = [];
  let down = null as Down | null;
  let failures = null as Run | null;
  let answers = null as Run | null;
  let before = Number.NEGATIVE_INFINITY;
  for (const { at, cause } of checks) {
    const last = before;
    before = at;
    if (at - last > BLIND_MS || blindFrom.some((blind) => blind >= last && blind <= at)) {
      failures = null;
      answers = null;
      if (down !== null) down.sure = false;
    }
    if (cause === null) {
      failures = null;
      if (down === null) continue;
      answers = longer(answers, at);
      if (answers.length < upAfter) continue;
      found.push({ from: down.from, to: answers.since, cause: down.cause });
      down = null;
      answers = null;
      continue;
    }
    if (down?.sure === true && answers === null) {
      down.cause = cause;
      continue;
    }
    failures = longer(failures, at);
    if (failures.length < downAfter) continue;
    down = { from: down?.from ?? failures.since, cause, sure: true };
    failures = null;
    answers = null;
  }
  if (down !== null) found.push({ from: down.from, to: null, cause: down.cause });
  return found;
}

function longer(run: Run | null, at: number): Run {
  return run === null ? { since: at, length: 1 } : { ...run, length: run.length + 1 };
}
