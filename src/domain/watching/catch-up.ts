import { blindTime } from './blind-time';
import { maintenanceBetween } from './maintenance';
import type { Observation } from './observe';
import type { WatchedServer } from './server';
import type { ServerState } from './server-state';

/**
 * What a round observes of a server before it probes: that nobody looked for a while, and that maintenance began
 * or ended meanwhile, in the order in which it was.
 *
 * @param now when the round began (milliseconds since the epoch)
 * @returns nothing in the steady state
 */
export function catchUp(
  state: ServerState,
  server: Pick<WatchedServer, 'intervalMs' | 'maintenance'>,
  now: number,
): readonly Observation[] {
  const unseen = blindTime(state.checkedAt, server.intervalMs, now);
  const observations: Observation[] = [];
  let blindFrom = unseen?.from ?? now;
  const blindUntil = (to: number) => {
    if (unseen === null || to < blindFrom) return;
    observations.push({ type: 'blind', from: blindFrom, to });
    blindFrom = to;
  };

  let on = state.kind === 'maintenance';
  const change = (at: number, begins: boolean) => {
    if (begins === on) return;
    on = begins;
    observations.push({ type: begins ? 'maintenance-began' : 'maintenance-ended', at });
  };
  const lately = maintenanceBetween(server.maintenance, state.asOf, now);
  for (const { at, on: begins } of lately.changes) {
    blindUntil(at);
    change(at, begins);
  }
  blindUntil(now);
  // Windows that somebody added or took away while they were on.
  change(now, lately.on);
  return observations;
}
