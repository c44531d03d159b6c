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
  /** When the opener's accepted cases of the last 24 hours were opened, oldest first. */
  readonly openedAt: readonly number[];
}

export type OpeningRefusal =
  | { readonly limit: 'most-open'; readonly most: number }
  | { readonly limit: 'cooldown'; readonly retryAt: number }
  | { readonly limit: 'per-day'; readonly most: number; readonly retryAt: number };

/** A day is the 24 hours before the opening, whatever the time zone. */
export const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether somebody with this record may open a case at `now`: `null` if so, else why not and when again. */
export function checkOpening(
  limits: OpeningLimits,
  record: OpenerRecord,
  now: number,
): OpeningRefusal | null {
  const { mostOpen, cooldownMs, mostPerDay } = limits;
  if (mostOpen !== null && record.open >= mostOpen) return { limit: 'most-open', most: mostOpen };
  const today = record.openedAt.filter((at) => at > now - DAY_MS);
  const last = today.at(-1);
  if (cooldownMs !== null && last !== undefined && now < last + cooldownMs) {
    return { limit: 'cooldown', retryAt: last + cooldownMs };
  }
  if (mostPerDay !== null && today.length >= mostPerDay) {
    const oldestThatCounts = today[today.length - mostPerDay];
    return {
      limit: 'per-day',
      most: mostPerDay,
      retryAt: (oldestThatCounts ?? now) + DAY_MS,
    };
  }
  return null;
}
