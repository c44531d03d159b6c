import { label } from '../../domain/text';
import { maintenanceAt, nextMaintenance } from '../../domain/watching/maintenance';
import type { MaintenanceWindow, WatchedServer } from '../../domain/watching/server';
import type { PlannedMaintenance } from './figures';
import { serverName } from './server-figures';

/** How far ahead maintenance is shown. */
const AHEAD_MS = 14 * 86_400_000;
/** A rule may repeat hourly; nobody reads more than the next ones. */
const MOST_EACH = 2;
const MOST = 20;

/** Maintenance that goes on now or is planned for the next two weeks; the same of several servers is one. */
export function upcoming(servers: readonly WatchedServer[], now: number): PlannedMaintenance[] {
  const found = new Map<string, PlannedMaintenance>();
  for (const { id, name, maintenance } of servers) {
    for (const window of maintenance) {
      const title = label(window.title, { max: 100, empty: window.id });
      for (const { from, until } of timesOf(window, now)) {
        const key = JSON.stringify([title, from, until]);
        const those = [...(found.get(key)?.servers ?? []), { id, name: serverName(name, id) }];
        found.set(key, { title, from, until, servers: those });
      }
    }
  }
  return [...found.values()].sort((a, b) => a.from - b.from).slice(0, MOST);
}

/** The time that is on, and the next ones. */
function timesOf(window: MaintenanceWindow, now: number): { from: number; until: number }[] {
  const on = maintenanceAt([window], now);
  const times = on === null ? [] : [{ from: on.from, until: on.to }];
  let after = now;
  while (times.length < MOST_EACH) {
    const next = nextMaintenance([window], after);
    if (next === null || next.from > now + AHEAD_MS) break;
    times.push({ from: next.from, until: next.to });
    after = next.from;
  }
  return times;
}
