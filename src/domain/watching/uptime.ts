import type { SpanKind } from './server-state';

/** A part of a server's life; `to` is `null` while it goes on. Spans of one server never overlap. */
export interface Span {
  readonly kind: SpanKind;
  readonly from: number;
  readonly to: number | null;
}

/** From its beginning up to, but not at, its end; milliseconds since the epoch. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

export interface Uptime {
  readonly upMs: number;
  readonly downMs: number;
  readonly unknownMs: number;
  readonly maintenanceMs: number;
  /** From 0 to 1: up among up and down; `null`: nothing was seen. */
  readonly uptime: number | null;
  /** From 0 to 1: how much of the time without maintenance was seen; `null`: there was no such time. */
  readonly coverage: number | null;
}

/**
 * How long a server was what within a window. Time without a span, before it was watched, counts as nothing.
 */
export function uptimeOf(spans: readonly Span[], window: TimeWindow): Uptime {
  const total: Record<SpanKind, number> = { up: 0, down: 0, unknown: 0, maintenance: 0 };
  for (const { kind, from, to } of spans) {
    const length = Math.min(to ?? window.to, window.to) - Math.max(from, window.from);
    if (length > 0) total[kind] += length;
  }
  const seen = total.up + total.down;
  const watched = seen + total.unknown;
  return {
    upMs: total.up,
    downMs: total.down,
    unknownMs: total.unknown,
    maintenanceMs: total.maintenance,
    uptime: seen === 0 ? null : total.up / seen,
    coverage: watched === 0 ? null : seen / watched,
  };
}

/** One bar of the status page: a day of UTC, as `2026-01-31`. */
export interface UptimeDay extends Uptime {
  readonly day: string;
}

const DAY_MS = 24 * 60 * 60_000;

/** The last days up to the present one, which is not over, oldest first. */
export function uptimeDays(spans: readonly Span[], now: number, days = 90): readonly UptimeDay[] {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  return Array.from({ length: days }, (_, index) => {
    const from = today - (days - 1 - index) * DAY_MS;
    return {
      day: new Date(from).toISOString().slice(0, 10),
      ...uptimeOf(spans, { from, to: Math.min(from + DAY_MS, now) }),
    };
  });
}

/**
 * A share as a percentage with two places, such as `99.98 %`. It is never made better than it is: only the
 * whole is `100 %`. What is more than nothing and less than it can show is `< 0.01 %`.
 *
 * @param share from 0 to 1
 */
export function percentage(share: number): string {
  if (share >= 1) return '100 %';
  if (!(share > 0)) return '0 %';
  // What is written with four places may lie a hair below them in binary: 0.9998 is 9997.999… ten thousandths.
  const tenThousandths = Math.min(9_999, Math.floor(share * 10_000 + 1e-7));
  if (tenThousandths === 0) return '< 0.01 %';
  return `${(tenThousandths / 100).toFixed(2)} %`;
}
