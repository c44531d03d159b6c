/** How long things take in configuration: `90s`, `10m`, `48h`, `7d` (contract, section 3). */

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const isUnit = (text: string): text is keyof typeof UNITS => Object.hasOwn(UNITS, text);

/** How a duration is written, for messages that refuse one. */
export const DURATION_EXAMPLES = '90s, 10m, 48h or 7d';

/**
 * In: a whole number and one unit, `s`, `m`, `h` or `d`; blanks around it do not matter.
 * Out: milliseconds, or undefined when the text is no duration or longer than can be counted exactly.
 */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,9})([a-z])$/.exec(text.trim());
  const [, count, unit] = match ?? [];
  if (count === undefined || unit === undefined || !isUnit(unit)) return undefined;
  return Number(count) * UNITS[unit];
}

/**
 * In: milliseconds, rounded down to seconds. Out: the shortest way to write them that
 * {@link parseDuration} reads as the same time: 86,400,000 is `1d`, 5,400,000 is `90m`.
 */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / UNITS.s) * UNITS.s;
  for (const unit of ['d', 'h', 'm'] as const) {
    if (seconds > 0 && seconds % UNITS[unit] === 0) return `${seconds / UNITS[unit]}${unit}`;
  }
  return `${seconds / UNITS.s}s`;
}
