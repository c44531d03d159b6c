import type { ServerOverview, TimeByKind, UptimeRow } from '../../db/watching';
import { label } from '../../domain/text';
import type { DayFigures, ServerFigures, Spent, Uptime } from './figures';
import type { ShownText } from './shown-text';
import { together } from './uptime';

const LONGEST_NAME = 80;
const NOTHING: TimeByKind = { upMs: 0, downMs: 0, unknownMs: 0, maintenanceMs: 0 };

/** Statuses in which the last answer still tells how many people play. */
const ANSWERS: ReadonlySet<ServerOverview['status']> = new Set([
  'up',
  'suspect',
  'recovering',
  'maintenance',
]);

/**
 * A server as the page shows it: its texts are fit to be shown, and nothing is left of what the
 * administration keeps to itself (its address, its channels).
 *
 * @param uptime `undefined`: it has no figures yet
 * @param days of the last 90, oldest first
 */
export function serverFigures(
  overview: ServerOverview,
  uptime: UptimeRow | undefined,
  days: readonly DayFigures[],
  shownText: ShownText,
): ServerFigures {
  const { server, state, status, since, checkedAt, addedAt } = overview;
  const answer = ANSWERS.has(status) && state.verdict === 'up' ? state.lastAnswer : null;
  return {
    key: server.key,
    id: server.id,
    name: shownText(server.name, LONGEST_NAME) ?? server.id,
    addedAt,
    status,
    since,
    cause: status === 'down' || status === 'flapping' ? state.cause : null,
    checkedAt,
    players: answer?.players ?? null,
    maxPlayers: answer?.maxPlayers ?? null,
    latencyMs: answer?.latencyMs ?? null,
    version: shownText(answer?.version ?? '', 100),
    motd: shownText(answer?.motd ?? '', 200),
    uptime: {
      '24h': uptimeFigures(uptime?.day),
      '7d': uptimeFigures(uptime?.week),
      '30d': uptimeFigures(uptime?.month),
      '90d': uptimeFigures(uptime?.quarter),
    },
    days,
  };
}

/** A server's name on one line, and its id if nothing of it can be seen. */
export const serverName = (name: string, id: string): string =>
  label(name, { max: LONGEST_NAME, empty: id });

function uptimeFigures(time: TimeByKind = NOTHING): Uptime {
  const { uptime, coverage } = together([time]);
  return { uptime, coverage };
}

export const spentOf = ({ upMs, downMs, unknownMs, maintenanceMs }: TimeByKind): Spent => ({
  upMs,
  downMs,
  unknownMs,
  maintenanceMs,
});
