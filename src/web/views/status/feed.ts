import { html } from '../../html/html';
import type { GuildFigures, IncidentFigures } from '../../status/figures';
import { feedPath, pagePath } from './addresses';
import type { ViewContext } from './context';
import { incidentDuration, incidentTitle, updateWords } from './incidents';

/**
 * A guild's incidents as RSS 2.0 (https://www.rssboard.org/rss-specification): one item each, newest first.
 * Its guid changes when it is over, so that readers tell of the end as well.
 */
export function feed(figures: GuildFigures, context: ViewContext): string {
  const { texts, publicUrl, language } = context;
  const { page, open, past } = figures;
  const address = `${publicUrl}${pagePath(page.slug)}`;
  const incidents = [...open, ...past.incidents].sort((a, b) => b.openedAt - a.openedAt);
  const newest = Math.max(0, ...incidents.map((incident) => changedAt(incident)));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${
    html`<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${texts.statusOf(page.name)}</title>
<link>${address}</link>
<atom:link href="${publicUrl}${feedPath(page.slug)}" rel="self" type="application/rss+xml"/>
<description>${texts.feed.description(page.name)}</description>
<language>${language}</language>
<ttl>1</ttl>
${
  newest > 0 && html`<lastBuildDate>${new Date(newest).toUTCString()}</lastBuildDate> `
}${incidents.map(
      (incident) => html`<item>
<title>${titleOf(incident, context)}</title>
<link>${address}#incident-${incident.number}</link>
<guid isPermaLink="false">${address}#incident-${incident.number}-${incident.recoveredAt === null ? 'open' : 'over'}</guid>
<pubDate>${new Date(incident.recoveredAt ?? incident.openedAt).toUTCString()}</pubDate>
<description>${descriptionOf(incident, context)}</description>
</item>
`,
    )}</channel>
</rss>
`.text
  }`;
}

const changedAt = ({ openedAt, recoveredAt, updates }: IncidentFigures): number =>
  Math.max(recoveredAt ?? openedAt, ...updates.map(({ at }) => at));

function titleOf(incident: IncidentFigures, context: ViewContext): string {
  const title = incidentTitle(incident, context);
  return incident.recoveredAt === null ? title : context.texts.feed.over(title);
}

/** Readers show a description as HTML: ours is markup of its own, escaped once more by the feed. */
function descriptionOf(incident: IncidentFigures, context: ViewContext): string {
  const { texts, formats } = context;
  return html`${incident.recoveredAt !== null && html`<p>${incidentDuration(incident, context)}</p>`}
    <ul>
      ${incident.updates.map(
        (update) => html`<li>${formats.dateTime(update.at)}: ${updateWords(update, texts)}</li>`,
      )}
    </ul>`.text;
}
