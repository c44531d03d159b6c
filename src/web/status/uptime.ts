import type { Spent, Uptime } from './figures';

/** The share of the time that counts (seen, and not under maintenance) in which it was up; `null`: none counts. */
export function uptimeOf({ upMs, downMs }: Spent): number | null {
  const counted = upMs + downMs;
  return counted > 0 ? upMs / counted : null;
}

/** The figures of several spans together. */
export function together(parts: readonly Spent[]): Spent & Uptime {
  const sum = { upMs: 0, downMs: 0, unknownMs: 0, maintenanceMs: 0 };
  for (const part of parts) {
    sum.upMs += part.upMs;
    sum.downMs += part.downMs;
    sum.unknownMs += part.unknownMs;
    sum.maintenanceMs += part.maintenanceMs;
  }
  const all = sum.upMs + sum.downMs + sum.unknownMs + sum.maintenanceMs;
  return { ...sum, uptime: uptimeOf(sum), coverage: all > 0 ? (all - sum.unknownMs) / all : 0 };
}
