import { describe, expect, it } from '@jest/globals';
import { CSV_COLUMNS, csvOf } from './csv';
import { historyRow } from './document';

const row = historyRow({
  at: Date.UTC(2026, 10, 23),
  checks: 120,
  failures: 3,
  latency: { p50: 20.123456, p95: 40, p99: 80 },
  players: null,
  spent: null,
});

describe('a history as CSV', () => {
  it('has a header, figures as they are, and nothing where there is none', () => {
    expect(csvOf([row])).toBe(
      `${CSV_COLUMNS.join(',')}\r\n2026-11-23T00:00:00.000Z,120,3,20.12,40,80,,,,,,,\r\n`,
    );
    expect(csvOf([])).toBe(`${CSV_COLUMNS.join(',')}\r\n`);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(1)', '\tx', '\rx', '"=1"', 'a,b'])(
    'would never hold a formula, even if a text came in: %j',
    (text) => {
      const line = csvOf([{ ...row, at: text }]).slice(CSV_COLUMNS.join(',').length + 2);
      expect(line).toMatch(/^"(?:'[=+\-@\t\r]|[^=+\-@\t\r])/);
    },
  );
});
