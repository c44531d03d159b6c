import { setImmediate as breath } from 'node:timers/promises';
import type { ServerStatus } from '../../../domain/watching/server-state';
import { html, type Html } from '../../html/html';
import {
  UPTIME_WINDOWS,
  type GuildFigures,
  type PlannedMaintenance,
  type ServerFigures,
  type Uptime,
} from '../../status/figures';
import { serverPath, withQuery } from './addresses';
import { createBars, DAYS, type Bars } from './bars';
import type { ViewContext } from './context';
import { dateTime } from './times';

/** So many servers are drawn in about a millisecond. */
const AT_ONCE = 10;

/**
 * Every server with its state, its figures and its 90 bars. Hundreds of them take a while: in between,
 * other visitors get their answers.
 */
export async function serverList(
  figures: GuildFigures,
  lang: string | null,
  context: ViewContext,
): Promise<Html> {
  const bars = createBars(context);
  const rows: Html[] = [];
  for (const [index, server] of figures.servers.entries()) {
    if (index > 0 && index % AT_ONCE === 0) await breath();
    rows.push(serverRow(server, figures, { bars, lang }, context));
  }
  return html`<ul class="servers" data-items>
    ${rows}
  </ul>`;
}

function serverRow(
  server: ServerFigures,
  { page: { slug }, maintenance }: GuildFigures,
  { bars, lang }: { readonly bars: Bars; readonly lang: string | null },
  context: ViewContext,
): Html {
  return html`<li class="card" id="server-${server.id}">
    <h3><a href="${withQuery(serverPath(slug, server.id), { lang })}">${server.name}</a></h3>
    ${pill(server.status, context)} ${now(server, maintenance, context)}
    ${bars.row(server.days, uptimeWords(server.uptime['90d'], context))} ${ends(server, context)}
  </li>`;
}

/** The state as a word, with a mark whose form differs as well as its colour. */
export const pill = (status: ServerStatus, { texts }: ViewContext): Html =>
  html`<p class="pill ${status}"><span class="mark"></span>${texts.states[status]}</p>`;

/** What it is like now: players, latency; or why it does not answer, and since when. */
export function now(
  server: ServerFigures,
  maintenance: readonly PlannedMaintenance[],
  context: ViewContext,
): Html {
  const { texts, formats } = context;
  const { status, cause, since, players, maxPlayers, latencyMs } = server;
  const parts: Html[] = [];
  if (status === 'down' || status === 'flapping') {
    parts.push(html`<span>${texts.since} ${dateTime(since, context)}</span>`);
    if (cause !== null) parts.push(html`<span>${texts.causes[cause]}</span>`);
  } else if (status === 'unknown') {
    parts.push(html`<span>${texts.since} ${dateTime(since, context)}</span>`);
  } else {
    const on = status === 'maintenance' && maintenanceOf(server, maintenance, context.now);
    if (on) {
      parts.push(html`<span>${on.title}</span>`);
      parts.push(html`<span>${texts.maintenance.untilWord} ${dateTime(on.until, context)}</span>`);
    }
    if (players !== null) {
      const words =
        maxPlayers === null
          ? texts.playersOnline(formats.count(players))
          : texts.playersOf(formats.count(players), formats.count(maxPlayers));
      parts.push(html`<span>${words}</span>`);
    }
    if (latencyMs !== null) {
      parts.push(
        html`<span
          ><span class="sr">${texts.latency} </span
          >${texts.milliseconds(formats.latency(latencyMs))}</span
        >`,
      );
    }
  }
  return html`<p class="now">${parts}</p>`;
}

/** The maintenance that a server is under now. */
const maintenanceOf = (
  { id }: ServerFigures,
  maintenance: readonly PlannedMaintenance[],
  at: number,
): PlannedMaintenance | undefined =>
  maintenance.find(({ from, servers }) => from <= at && servers.some((server) => server.id === id));

/** The line under the bars: where they begin and end, and the uptime between. */
export function ends(server: ServerFigures, context: ViewContext): Html {
  const { texts } = context;
  return html`<div class="ends">
    <span aria-hidden="true">${texts.days.first(DAYS - 1)}</span>${windows(server, context)}<span
      aria-hidden="true"
      >${texts.days.today}</span
    >
  </div>`;
}

/** Uptime of 24 hours, 7, 30 and 90 days, each with how much of it was seen when that is not all. */
function windows({ uptime }: Pick<ServerFigures, 'uptime'>, context: ViewContext): Html {
  const { texts } = context;
  return html`<dl class="windows">
    ${UPTIME_WINDOWS.map(
      (window) =>
        html`<div>
          <dt>${texts.windows[window]}</dt>
          <dd>${uptimeWords(uptime[window], context)}${seen(uptime[window], context)}</dd>
        </div>`,
    )}
  </dl>`;
}

export const uptimeWords = ({ uptime }: Uptime, { texts, formats }: ViewContext): string =>
  uptime === null ? texts.uptimeNone : formats.share(uptime);

const seen = ({ uptime, coverage }: Uptime, { texts, formats }: ViewContext): Html | false =>
  uptime !== null && coverage < 1 && html` <small>${texts.seen(formats.share(coverage))}</small>`;
