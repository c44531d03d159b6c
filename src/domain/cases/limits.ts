/**
 * Limits for openers, counted in one database transaction so that they hold when many openings race.
 * Durations and instants are milliseconds.
 */
export interface OpeningLimits {
  readonly mostOpen: number | null;
  readonly cooldownMs: number | null;
  readonly mostPerDay: number | null;
}

/** What the opener has done before, in the guild or in one category. */
export interface OpenerRecord {
  /** How many of the opener's cases are not closed. */
  readonly open: number;
  /** When the opener's accepted cases were opened, oldest first: at least those of a day and of the cool-down. */
  readonly openedAt: readonly number[];
}

export type OpeningRefusal =
  | { readonly limit: 'most-open'; readonly most: number }
  | { readonly limit: 'cooldown'; readonly retryAt: number }
  | { readonly limit: 'per-day'; readonly most: number; readonly retryAt: number };

/** A day is the 24 hours before the opening, whatever the time zone. */
export const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Whether somebody with this record may open a case at `now`: `null` if so, else why not and when again.
 * Whoever comes back at `retryAt` is let in, unless they have opened another case in between.
 */
export function checkOpening(
  limits: OpeningLimits,
  record: OpenerRecord,
  now: number,
): OpeningRefusal | null {
  const { mostOpen } = limits;
  if (mostOpen !== null && record.open >= mostOpen) return { limit: 'most-open', most: mostOpen };
  return graverRefusal(checkCooldown(limits, record, now), checkDay(limits, record, now));
}

/** The refusal that lasts longer. How long somebody has too many open cases is not known. */
export function graverRefusal(
  one: OpeningRefusal | null,
  other: OpeningRefusal | null,
): OpeningRefusal | null {
  if (one === null || other === null) return one ?? other;
  if (one.limit === 'most-open') return one;
  if (other.limit === 'most-open') return other;
  return other.retryAt > one.retryAt ? other : one;
}

function checkCooldown(
  { cooldownMs }: OpeningLimits,
  { openedAt }: OpenerRecord,
  now: number,
): OpeningRefusal | null {
  const last = openedAt.at(-1);
  if (cooldownMs === null || last === undefined || now >= last + cooldownMs) return null;
  return { limit: 'cooldown', retryAt: last + cooldownMs };
}

function checkDay(
  { mostPerDay }: OpeningLimits,
  { openedAt }: OpenerRecord,
  now: number,
): OpeningRefusal | null {
  const today = openedAt.filter((at) => at > now - DAY_MS);
  if (mostPerDay === null || today.length < mostPerDay) return null;
  // The oldest that must leave the day before there is room for one more.
  const blocking = today[today.length - mostPerDay] ?? now;
  return { limit: 'per-day', most: mostPerDay, retryAt: blocking + DAY_MS };
}
