import type { HistoryRow } from './document';

/** The columns of an export, in their order; the first row of the file. */
export const CSV_COLUMNS = [
  'at',
  'checks',
  'failures',
  'latencyP50Ms',
  'latencyP95Ms',
  'latencyP99Ms',
  'playersLeast',
  'playersAverage',
  'playersMost',
  'upMs',
  'downMs',
  'unknownMs',
  'maintenanceMs',
] as const satisfies readonly (keyof HistoryRow)[];

/**
 * A history as CSV (RFC 4180): a header, lines that end with CRLF, nothing where there is no figure. It
 * holds figures and instants alone, never a text from outside, so no cell can be a formula; should a text
 * ever come in, it is quoted and led by an apostrophe.
 */
export function csvOf(rows: readonly HistoryRow[]): string {
  const lines = rows.map((row) => CSV_COLUMNS.map((column) => cell(row[column])).join(','));
  return `${[CSV_COLUMNS.join(','), ...lines].join('\r\n')}\r\n`;
}

/** How an instant of ours looks: it begins with a digit and holds nothing that a spreadsheet computes. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number' || INSTANT.test(value)) return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}
