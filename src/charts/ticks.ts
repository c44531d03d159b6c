const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

/** Distances between the marks of a time axis that people read easily. */
const STEPS = [
  HOUR,
  2 * HOUR,
  3 * HOUR,
  4 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  5 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
] as const;

const TIME = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  hour: '2-digit',
  minute: '2-digit',
});
const DATE = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' });

/** The marks of a time axis. */
export interface Ticks {
  /** Milliseconds since the epoch, at round hours or midnights of UTC. */
  readonly at: readonly number[];
  label(at: number): string;
}

/**
 * Marks for a time axis: as many as fit, at round hours or midnights of UTC.
 *
 * @param most how many labels have room beside each other; at least 1
 */
export function timeTicks(from: number, until: number, most: number): Ticks {
  const span = until - from;
  const step = STEPS.find((candidate) => span / candidate <= most) ?? 90 * DAY;
  const at: number[] = [];
  for (let tick = Math.ceil(from / step) * step; tick < until; tick += step) at.push(tick);
  return {
    at,
    // A midnight between hours is where the day changes: its name says more than 00:00.
    label: (tick) => (step < DAY && tick % DAY !== 0 ? TIME : DATE).format(tick),
  };
}
