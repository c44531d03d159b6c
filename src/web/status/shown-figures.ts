import type { GuildFigures, ServerFigures, Uptime } from './figures';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * What pages show of figures, as a text that is the same as long as they would be the same: servers are
 * read every few seconds and checked every half minute, and most of what changes in between (how long a
 * day has lasted so far) is not shown.
 */
export function shownFigures({ page, readAt, ...figures }: GuildFigures): string {
  const { servers, open, past, maintenance } = figures;
  return JSON.stringify([
    page,
    // Bars move on with the day.
    Math.floor(readAt / DAY_MS),
    // "For 14 minutes" is true for a minute.
    open.length > 0 && Math.floor(readAt / MINUTE_MS),
    servers.map(shownServer),
    open,
    past.next,
    past.incidents.map(({ number, recoveredAt }) => [number, recoveredAt]),
    maintenance,
    maintenance.filter(({ from }) => from <= readAt).length,
  ]);
}

function shownServer({ days, uptime, ...server }: ServerFigures): unknown {
  return [
    server,
    Object.values(uptime).map(shownUptime),
    days.map(({ downMs, unknownMs, maintenanceMs }) => downMs + unknownMs + maintenanceMs),
    days.length,
  ];
}

/** To the hundredth of a percent, cut: as it is written. */
const shownUptime = ({ uptime, coverage }: Uptime): readonly (number | null)[] =>
  [uptime, coverage].map((share) => share && Math.floor(share * 10_000 + 1e-6));
