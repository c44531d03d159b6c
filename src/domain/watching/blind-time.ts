/** A time in which nobody looked; milliseconds since the epoch. */
export interface BlindTime {
  readonly from: number;
  readonly to: number;
}

/** Rounds may be late for so long beside the two intervals: a full batch takes its time, a worker its start. */
const SLACK_MS = 15_000;

/**
 * The time in which we were stopped or away, seen from the check that ends it. A check speaks for one interval
 * after it. One round may fail to come and the next may be late without anybody having been away; a longer
 * silence than two intervals and 15 seconds has no other reason.
 *
 * @param checkedAt the previous check (milliseconds since the epoch); `null`: there was none
 * @param intervalMs the server's interval between checks
 * @param now when this round began
 * @returns `null` when nothing was missed
 */
export function blindTime(
  checkedAt: number | null,
  intervalMs: number,
  now: number,
): BlindTime | null {
  if (checkedAt === null || now - checkedAt <= 2 * intervalMs + SLACK_MS) return null;
  return { from: checkedAt + intervalMs, to: now };
}
