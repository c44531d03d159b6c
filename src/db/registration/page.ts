import type { Page } from './reading';

/**
 * @param rows one more than the page has, if another one follows
 * @param cursor what the following page is asked with, from the last row of this one
 */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  cursor: (row: Row) => number,
): Page<Row> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last !== undefined ? cursor(last) : null };
}
