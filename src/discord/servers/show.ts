import type { RawFile } from '@discordjs/rest';
import type { ServerOverview } from '../../db/watching';
import { DatabaseUnavailable } from '../../db/connection';
import type { Call } from '../interactions/call';
import { answer, type Answer } from '../views/answer';
import { serverCard } from '../views/server-card';
import { SERVERS_PAGE, serversAnswer } from '../views/servers-list';
import { CHART_FILE, serverChart } from './chart';
import { noServer, serverNamed, visibleServers } from './find';
import type { ChartPeriod } from './ids';
import { isAdmin } from './rights';

/** What is shown of servers: an answer, and the files that belong to it. */
export interface ServersShown {
  readonly words: Answer;
  readonly files: RawFile[];
}

/** The chart that is shown first. */
const FIRST_PERIOD: ChartPeriod = '24h';

/**
 * All servers that the person may see; where there is only one, it is shown with its chart.
 *
 * @param page counted from 0; one that is not there (any more) is the last one
 * @throws DatabaseUnavailable, ConfigurationUnavailable
 */
export async function showServers(call: Call, page: number): Promise<ServersShown> {
  const now = Date.now();
  const admin = await isAdmin(call);
  const servers = await visibleServers(call, admin, now);
  const [only] = servers;
  if (only === undefined) return plain(nothing(admin));
  if (servers.length === 1) return card(call, only, { period: FIRST_PERIOD, admin, now });

  const pages = Math.ceil(servers.length / SERVERS_PAGE);
  const shownPage = Math.min(page, pages - 1);
  const shown = servers.slice(shownPage * SERVERS_PAGE, (shownPage + 1) * SERVERS_PAGE);
  const rows = await call.parts.watching.uptime(
    shown.map(({ server }) => server.key),
    now,
  );
  return plain(
    serversAnswer({
      servers: shown,
      uptime: new Map(rows.map((row) => [row.serverKey, row])),
      page: shownPage,
      pages,
      count: servers.length,
    }),
  );
}

/**
 * One server with its chart.
 *
 * @param which its id or name as it was typed, or its key
 * @throws DatabaseUnavailable, ConfigurationUnavailable
 */
export async function showServer(
  call: Call,
  which: string | number,
  period: ChartPeriod = FIRST_PERIOD,
): Promise<ServersShown> {
  const now = Date.now();
  const admin = await isAdmin(call);
  const servers = await visibleServers(call, admin, now);
  const found =
    typeof which === 'string'
      ? serverNamed(servers, which)
      : servers.find(({ server }) => server.key === which);
  if (found === undefined) return plain(noServer(typeof which === 'string' ? which : ''));
  return card(call, found, { period, admin, now });
}

interface CardOptions {
  readonly period: ChartPeriod;
  readonly admin: boolean;
  readonly now: number;
}

async function card(
  call: Call,
  overview: ServerOverview,
  { period, admin, now }: CardOptions,
): Promise<ServersShown> {
  const [uptime, chart] = await Promise.all([
    call.parts.watching.uptime([overview.server.key], now),
    drawn(call, overview, { period, now }),
  ]);
  return {
    words: serverCard({
      overview,
      uptime: uptime[0] ?? null,
      period,
      chart: chart === null ? null : CHART_FILE,
      forAdmin: admin,
    }),
    files: chart === null ? [] : [chart],
  };
}

/** A chart that cannot be drawn keeps nobody from the figures. */
async function drawn(
  call: Call,
  overview: ServerOverview,
  { period, now }: Pick<CardOptions, 'period' | 'now'>,
): Promise<RawFile | null> {
  try {
    return await serverChart(call, overview, period, now);
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error;
    call.parts.log.error({ err: error, server: overview.server.key }, 'a chart was not drawn');
    return null;
  }
}

function plain(words: Answer): ServersShown {
  return { words, files: [] };
}

function nothing(admin: boolean): Answer {
  return answer(
    admin
      ? 'No game servers are watched yet. `/server add` adds one.'
      : 'No game servers are watched here yet.',
  );
}
