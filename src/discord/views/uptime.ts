import type { TimeByKind } from '../../db/watching';
import { percentage } from '../../domain/watching/uptime';

/** How much of the time that we could see a server was up, and how much we could see. */
export interface Uptime {
  /** 0 to 1; `null`: nothing was seen. Maintenance counts neither way. */
  readonly up: number | null;
  /** 0 to 1; `null`: it was not watched yet, or in maintenance all the time. */
  readonly coverage: number | null;
}

export function uptimeOf({ upMs, downMs, unknownMs }: TimeByKind): Uptime {
  const seen = upMs + downMs;
  const all = seen + unknownMs;
  return { up: seen > 0 ? upMs / seen : null, coverage: all > 0 ? seen / all : null };
}

/** "99.95 %", with the coverage where something could not be seen: "99.95 % (seen 97.20 %)". */
export function uptimeWords(time: TimeByKind): string {
  const { up, coverage } = uptimeOf(time);
  if (up === null || coverage === null) return 'not known';
  const seen = percentage(coverage);
  return seen === '100 %' ? percentage(up) : `${percentage(up)} (seen ${seen})`;
}
