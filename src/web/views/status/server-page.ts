import { html, type Html } from '../../html/html';
import type { GuildFigures, HistoryPoint, IncidentPage, ServerFigures } from '../../status/figures';
import {
  CHART_SIZES,
  CHARTS,
  RANGES,
  type ChartName,
  type ChartSize,
  type Range,
} from '../../status/charts';
import { uptimeOf } from '../../status/uptime';
import {
  badgePath,
  cardPath,
  chartPath,
  feedPath,
  pagePath,
  serverPath,
  withQuery,
} from './addresses';
import { createBars, dayWords, lastDays, legend } from './bars';
import { CONDITION_COLOURS, headline } from './condition';
import type { ViewContext } from './context';
import { incidentDays, openIncidents } from './incidents';
import { page } from './layout';
import { plannedMaintenance } from './maintenance';
import { times } from './overview';
import { ends, now, uptimeWords } from './servers';

export interface ServerPageOptions {
  readonly lang: string | null;
  readonly range: Range;
  /** Of the last 24 hours as one; `null`: no check was answered in them. */
  readonly latency: HistoryPoint['latency'];
  readonly past: IncidentPage;
}

/** One server: its figures, charts, days, incidents, and what can be taken away. */
export function serverPage(
  figures: GuildFigures,
  server: ServerFigures,
  options: ServerPageOptions,
  context: ViewContext,
): string {
  const { texts } = context;
  const { lang, range, past } = options;
  const { slug, name: guild } = figures.page;
  const { condition } = headline({ servers: [server] }, texts);
  const open = figures.open.filter(({ servers }) => servers.some(({ key }) => key === server.key));
  const planned = figures.maintenance.filter(({ servers }) =>
    servers.some(({ id }) => id === server.id),
  );
  const state = texts.states[server.status];
  const bars = createBars(context);
  return page(
    {
      title: `${server.name} · ${guild}`,
      description: `${server.name}: ${state}. ${texts.uptime} ${texts.windows['90d']}: ${uptimeWords(server.uptime['90d'], context)}.`,
      path: serverPath(slug, server.id),
      query: { range: range === '24h' ? null : range },
      image: { path: cardPath(slug), alt: guild },
      feed: { path: feedPath(slug), title: texts.feed.description(guild) },
      colour: CONDITION_COLOURS[condition],
      live: true,
      content: html` <header class="top">
          <p class="back">
            <a href="${withQuery(pagePath(slug), { lang })}">${texts.detail.back(guild)}</a>
          </p>
          <h1>${server.name}</h1>
          <p class="headline ${condition}" id="headline" role="status">
            <span class="mark"></span>${state}
          </p>
          <div data-part id="times">
            ${times({ servers: [server], readAt: figures.readAt }, context)}
          </div>
          <p class="notice" id="offline" hidden>${texts.offline}</p>
        </header>
        <main id="content" tabindex="-1">
          ${openIncidents(open, context)}
          <section data-part id="uptime" aria-labelledby="uptime-title">
            <h2 id="uptime-title">${texts.uptime}</h2>
            <div class="card one">
              ${now(server, figures.maintenance, context)} ${about(server, context)}
              ${bars.row(server.days, uptimeWords(server.uptime['90d'], context))}
              ${ends(server, context)}
            </div>
            ${legend(context)}
          </section>
          <section aria-labelledby="charts-title">
            <h2 id="charts-title">${texts.charts.title}</h2>
            ${ranges(slug, server, options, context)}
            ${CHARTS.map((chart) => figure(chart, slug, server, options, context))}
          </section>
          <section data-part id="planned">${plannedMaintenance(planned, context)}</section>
          <section data-part id="past" aria-labelledby="past-title">
            <h2 id="past-title">${texts.incidents.past}</h2>
            ${past.incidents.length === 0 ? html`<p class="empty">${texts.incidents.noneOfServer}</p>` : incidentDays(past.incidents, context)}
          </section>
          ${daysTable(server, context)} ${takeAway(slug, server, lang, context)}
        </main>`,
    },
    context,
  );
}

function about({ version, motd }: ServerFigures, { texts }: ViewContext): Html | false {
  if (version === null && motd === null) return false;
  return html`<p class="about">
    ${motd !== null && html`<q>${motd}</q>`}
    ${version !== null && html`<span>${texts.version} ${version}</span>`}
  </p>`;
}

function ranges(
  slug: string,
  { id }: ServerFigures,
  { lang, range }: ServerPageOptions,
  { texts }: ViewContext,
): Html {
  return html`<nav class="ranges" aria-label="${texts.charts.range}">
    <ul>
      ${RANGES.map(
        (each) =>
          html`<li>
            <a
              href="${withQuery(serverPath(slug, id), { lang, range: each })}#charts-title"
              ${each === range && html` aria-current="true"`}
              >${texts.windows[each]}</a
            >
          </li>`,
      )}
    </ul>
  </nav>`;
}

/** A chart for light and for dark pages; the browser loads the one that it shows, when it comes near. */
function figure(
  chart: ChartName,
  slug: string,
  server: ServerFigures,
  { range, latency }: ServerPageOptions,
  context: ViewContext,
): Html {
  const { texts, formats, language } = context;
  const address = (size: ChartSize, theme: 'light' | 'dark'): string =>
    chartPath(slug, server.id, chart, { range, size, theme, lang: language });
  const source = (size: ChartSize, theme: 'light' | 'dark'): Html => {
    const { width, height } = CHART_SIZES[size];
    const narrow = size === 'narrow' ? ' and (max-width: 40rem)' : '';
    return html`<source
      media="(prefers-color-scheme: ${theme})${narrow}"
      srcset="${address(size, theme)}"
      width="${width}"
      height="${height}"
    />`;
  };
  const alt = (chart === 'players' ? texts.charts.playersAlt : texts.charts.latencyAlt)(
    server.name,
    texts.windows[range],
  );
  const ms = (value: number): string => texts.milliseconds(formats.latency(value));
  return html` <figure class="card chart">
    <figcaption>
      <h3>${texts.charts[chart]}</h3>
      ${
        chart === 'latency' &&
        latency !== null &&
        html`<dl class="percentiles">
          <div>
            <dt>${texts.windows['24h']}: p50</dt>
            <dd>${ms(latency.p50)}</dd>
          </div>
          <div>
            <dt>p95</dt>
            <dd>${ms(latency.p95)}</dd>
          </div>
          <div>
            <dt>p99</dt>
            <dd>${ms(latency.p99)}</dd>
          </div>
        </dl>`
      }
    </figcaption>
    <picture
      >${source('narrow', 'dark')}${source('narrow', 'light')}${source('wide', 'dark')}<img
        src="${address('wide', 'light')}"
        alt="${alt}"
        width="${CHART_SIZES.wide.width}"
        height="${CHART_SIZES.wide.height}"
        loading="lazy"
        decoding="async"
    /></picture>
    ${chart === 'latency' && html`<p class="small">${texts.charts.percentiles}</p>`}
  </figure>`;
}

function daysTable(server: ServerFigures, context: ViewContext): Html {
  const { texts, formats } = context;
  const byDay = new Map(server.days.map((figures) => [figures.day, figures]));
  const rows = lastDays(context.now)
    .reverse()
    .flatMap((day) => byDay.get(day) ?? []);
  return html` <details class="days" id="days">
    <summary>${texts.detail.daysTable}</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="${texts.detail.daysTable}">
      <table>
        <thead>
          <tr>
            <th scope="col">${texts.detail.day}</th>
            <th scope="col">${texts.uptime}</th>
            <th scope="col">${texts.detail.downtime}</th>
            <th scope="col">${texts.detail.notSeen}</th>
            <th scope="col">${texts.states.maintenance}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map((day) => {
            const uptime = uptimeOf(day);
            const duration = (ms: number): string => (ms > 0 ? formats.duration(ms) : '–');
            return html` <tr>
              <th scope="row"><time datetime="${day.day}">${formats.shortDay(day.day)}</time></th>
              <td title="${dayWords(day, context)}">
                ${uptime === null ? '–' : formats.share(uptime)}
              </td>
              <td>${duration(day.downMs)}</td>
              <td>${duration(day.unknownMs)}</td>
              <td>${duration(day.maintenanceMs)}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
  </details>`;
}

function takeAway(
  slug: string,
  server: ServerFigures,
  lang: string | null,
  context: ViewContext,
): Html {
  const { texts, publicUrl } = context;
  const path = serverPath(slug, server.id);
  const file = (extension: string, step: string): Html =>
    html`<a href="${path}.${extension}?step=${step}">${extension.toUpperCase()}</a>`;
  const badges = [
    { name: texts.detail.badgeState, query: { lang, show: null } },
    { name: texts.detail.badgeUptime, query: { lang, show: 'uptime' } },
  ].map(({ name, query }) => {
    const address = withQuery(badgePath(slug, server.id), query);
    const code = `[![${server.name.replaceAll(/[[\]\\]/g, '')}](${publicUrl}${address})](${publicUrl}${path})`;
    return html`<li><img src="${address}" alt="${name}" height="20" /> <code>${code}</code></li>`;
  });
  return html` <section aria-labelledby="away-title">
    <h2 id="away-title">${texts.detail.download}</h2>
    <ul class="away">
      <li>${texts.detail.downloadHours}: ${file('csv', 'hour')} ${file('json', 'hour')}</li>
      <li>${texts.detail.downloadDays}: ${file('csv', 'day')} ${file('json', 'day')}</li>
    </ul>
    <details class="badges" id="badges">
      <summary>${texts.detail.badge}</summary>
      <ul class="away">
        ${badges}
      </ul>
    </details>
  </section>`;
}
