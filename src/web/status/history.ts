import type { DayRow, SeriesPoint } from '../../db/watching';
import type { HistoryPoint } from './figures';
import { spentOf } from './server-figures';

/** Joins what checks told with how long the server was what; a day may have one without the other. */
export function withDays(series: readonly SeriesPoint[], days: readonly DayRow[]): HistoryPoint[] {
  const points = new Map<number, HistoryPoint>();
  for (const { at, checks, failures, latency, players } of series) {
    points.set(at, { at, checks, failures, latency, players, spent: null });
  }
  for (const row of days) {
    const point = points.get(row.day) ?? {
      at: row.day,
      checks: 0,
      failures: 0,
      latency: null,
      players: null,
    };
    points.set(row.day, { ...point, spent: spentOf(row) });
  }
  return [...points.values()].sort((a, b) => a.at - b.at);
}
