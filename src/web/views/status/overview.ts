import { html, type Html } from '../../html/html';
import type { GuildFigures, IncidentPage } from '../../status/figures';
import { cardPath, dataPath, feedPath, pagePath, withQuery } from './addresses';
import { legend } from './bars';
import { CONDITION_COLOURS, headline } from './condition';
import type { ViewContext } from './context';
import { incidentDays, openIncidents } from './incidents';
import { page } from './layout';
import { plannedMaintenance } from './maintenance';
import { serverList } from './servers';
import { clock } from './times';

export interface OverviewOptions {
  /** The language that the address names, kept in links; `null`: none was named. */
  readonly lang: string | null;
}

/** A guild's page: what happens now, every server, what is planned, what was. */
export async function overviewPage(
  figures: GuildFigures,
  { lang }: OverviewOptions,
  context: ViewContext,
): Promise<string> {
  const { texts } = context;
  const { page: identity, servers, open, past, maintenance } = figures;
  const { slug, name } = identity;
  const { condition, words } = headline(figures, texts);
  const list = await serverList(figures, lang, context);
  return page(
    {
      ...frame(figures, context),
      title: texts.statusOf(name),
      path: pagePath(slug),
      live: true,
      content: html` <header class="top">
          <h1>${name}</h1>
          <p class="headline ${condition}" id="headline" role="status">
            <span class="mark"></span>${words}
          </p>
          <div data-part id="times">${times(figures, context)}</div>
          <p class="notice" id="offline" hidden>${texts.offline}</p>
        </header>
        <main id="content" tabindex="-1">
          ${openIncidents(open, context)}
          <section aria-labelledby="servers-title">
            <h2 id="servers-title">${texts.servers}</h2>
            ${servers.length === 0 ? html`<p class="empty card">${texts.noServersYet}</p>` : list}
            ${servers.length > 0 && legend(context)}
          </section>
          <section data-part id="planned">${plannedMaintenance(maintenance, context)}</section>
          <section data-part id="past" aria-labelledby="past-title">
            <h2 id="past-title">${texts.incidents.past}</h2>
            ${pastIncidents(past, texts.incidents.none, { slug, lang, first: true }, context)}
          </section>
        </main>`,
    },
    context,
  );
}

/** A page of older incidents. */
export function pastPage(
  figures: GuildFigures,
  past: IncidentPage,
  { lang, before }: OverviewOptions & { readonly before: number },
  context: ViewContext,
): string {
  const { texts } = context;
  const { slug, name } = figures.page;
  return page(
    {
      ...frame(figures, context),
      title: `${texts.incidents.past} · ${name}`,
      path: pagePath(slug),
      query: { before: String(before) },
      live: false,
      content: html` <header class="top">
          <p class="back">
            <a href="${withQuery(pagePath(slug), { lang })}">${texts.detail.back(name)}</a>
          </p>
          <h1>${name}</h1>
        </header>
        <main id="content" tabindex="-1">
          <h2 id="past">${texts.incidents.past}</h2>
          ${pastIncidents(past, texts.incidents.none, { slug, lang, first: false }, context)}
        </main>`,
    },
    context,
  );
}

function frame(figures: GuildFigures, { texts }: ViewContext) {
  const { slug, name } = figures.page;
  const { condition, words } = headline(figures, texts);
  return {
    description: `${words}.`,
    image: { path: cardPath(slug), alt: `${name}: ${words}.` },
    feed: { path: feedPath(slug), title: texts.feed.description(name) },
    data: dataPath(slug),
    colour: CONDITION_COLOURS[condition],
  };
}

/** When a server was last checked; or, while the records are away, from when these figures are. */
export function times(
  { servers, readAt }: Pick<GuildFigures, 'servers' | 'readAt'>,
  context: ViewContext,
): Html | false {
  const { texts, stale } = context;
  if (stale) {
    return html`<p class="notice" role="alert">${texts.stale} ${clock(readAt, context)}.</p>`;
  }
  const checked = Math.max(...servers.map(({ checkedAt }) => checkedAt ?? -Infinity));
  return (
    Number.isFinite(checked) &&
    html`<p class="checked">${texts.checkedAt}: ${clock(checked - (checked % 60_000), context)}</p>`
  );
}

function pastIncidents(
  { incidents, next }: IncidentPage,
  none: string,
  { slug, lang, first }: { slug: string; lang: string | null; first: boolean },
  context: ViewContext,
): Html {
  const { texts } = context;
  return html`${incidents.length === 0 ? html`<p class="empty">${none}</p>` : incidentDays(incidents, context)}
    <p class="pages">
      ${!first && html`<a href="${withQuery(pagePath(slug), { lang })}#past">${texts.incidents.newest}</a>`}
      ${next !== null && html`<a rel="next" href="${withQuery(pagePath(slug), { lang, before: String(next) })}">${texts.incidents.older}</a>`}
    </p>`;
}
