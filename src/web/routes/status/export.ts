import type { Context } from 'koa';
import { historyRow, type HistoryDocument } from '../../status/document';
import { instant, oneOf, wrong } from './parameters';
import type { HistoryPoint, ServerFigures } from '../../status/figures';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** For each step: what is given unless asked otherwise, and the most that is given at once. */
export const EXPORTS = {
  hour: { usualMs: 7 * DAY_MS, mostMs: 92 * DAY_MS, words: '92 days' },
  day: { usualMs: 90 * DAY_MS, mostMs: 3_660 * DAY_MS, words: '10 years' },
} as const;

export interface ExportRequest {
  readonly step: keyof typeof EXPORTS;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/**
 * Which figures are wanted: `from` and `to` (RFC 3339) and `step`, all of them optional.
 *
 * @throws ProblemError 400 with the parameter and a right example
 */
export function exportRequest(context: Context, now: number): ExportRequest {
  const step = oneOf(context, 'step', ['hour', 'day'], 'hour');
  const { usualMs, mostMs, words } = EXPORTS[step];
  const stepMs = step === 'hour' ? HOUR_MS : DAY_MS;
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  const to = instant(context, 'to', day(now)) ?? now;
  const from =
    instant(context, 'from', day(to - usualMs)) ?? Math.floor((to - usualMs) / stepMs) * stepMs;
  if (from >= to) throw wrong('from', 'must lie before "to"', day(to - DAY_MS));
  if (to - from > mostMs + stepMs) {
    throw wrong(
      'from',
      `must lie at most ${words} before "to" when step=${step}; ask for the rest in parts`,
      day(to - mostMs + DAY_MS),
    );
  }
  return { step, from, to };
}

export function historyOf(
  server: ServerFigures,
  { step, from, to }: ExportRequest,
  points: readonly HistoryPoint[],
): HistoryDocument {
  return {
    server: { id: server.id, name: server.name },
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    step,
    points: points.map(historyRow),
  };
}
