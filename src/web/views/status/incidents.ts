import { html, type Html } from '../../html/html';
import type { Texts } from '../../language/texts';
import type { IncidentFigures, IncidentUpdate } from '../../status/figures';
import type { ViewContext } from './context';
import { dateTime } from './times';

/** How many servers a title names before it counts the rest. */
const NAMED = 3;
const MINUTE_MS = 60_000;

/** What an incident is called: its servers. */
export function incidentTitle(
  { servers }: IncidentFigures,
  { texts, formats }: Pick<ViewContext, 'texts' | 'formats'>,
): string {
  const names = [...new Set(servers.map(({ name }) => name))];
  const more = names.length - NAMED;
  const shown = more > 1 ? [...names.slice(0, NAMED), texts.incidents.moreServers(more)] : names;
  return texts.incidents.titleDown(formats.list(shown));
}

/** One of its updates, as a sentence. */
export function updateWords(update: IncidentUpdate, { incidents, causes }: Texts): string {
  switch (update.type) {
    case 'down':
      return incidents.updates.down(update.server, causes[update.cause]);
    case 'cause':
      return incidents.updates.cause(update.server, causes[update.cause]);
    case 'up':
    case 'removed':
    case 'flapping':
    case 'settled':
      return incidents.updates[update.type](update.server);
    case 'acknowledged':
    case 'recovered':
      return incidents.updates[update.type];
  }
}

/** How long it lasted or has lasted, and how much of that nobody saw. */
export function incidentDuration(
  { openedAt, recoveredAt, servers }: IncidentFigures,
  { texts, formats, now }: Pick<ViewContext, 'texts' | 'formats' | 'now'>,
): string {
  // Of what goes on only whole minutes: a page that changes every second is sent again every time.
  const going = Math.max(MINUTE_MS, now - openedAt - ((now - openedAt) % MINUTE_MS));
  const duration = formats.duration(recoveredAt === null ? going : recoveredAt - openedAt);
  const words =
    recoveredAt === null ? texts.incidents.ongoing(duration) : texts.incidents.lasted(duration);
  const unseen = Math.max(0, ...servers.map(({ unknownMs }) => unknownMs));
  return unseen > 0 ? `${words}, ${texts.incidents.unseen(formats.duration(unseen))}` : words;
}

/** An incident with its updates, newest first. */
function incidentCard(incident: IncidentFigures, context: ViewContext): Html {
  const { texts } = context;
  return html` <li
    class="card incident ${incident.recoveredAt === null ? 'open' : 'over'}"
    id="incident-${incident.number}"
  >
    <h3>${incidentTitle(incident, context)}</h3>
    <p class="span">
      ${texts.since} ${dateTime(incident.openedAt, context)}, ${incidentDuration(incident, context)}
    </p>
    ${updateList(incident, context)}
  </li>`;
}

/** Past incidents under the days on which they began, newest day first. */
export function incidentDays(incidents: readonly IncidentFigures[], context: ViewContext): Html {
  const days = new Map<string, IncidentFigures[]>();
  for (const incident of incidents) {
    const day = new Date(incident.openedAt).toISOString().slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), incident]);
  }
  return html`${[...days].map(
    ([day, those]) =>
      html` <section class="day" aria-labelledby="day-${day}">
        <h3 id="day-${day}">
          <time datetime="${day}">${context.formats.longDay(Date.parse(`${day}T00:00:00Z`))}</time>
        </h3>
        <ul class="incidents">
          ${those.map((incident) => pastIncident(incident, context))}
        </ul>
      </section>`,
  )}`;
}

function pastIncident(incident: IncidentFigures, context: ViewContext): Html {
  return html` <li class="incident over" id="incident-${incident.number}">
    <details id="updates-${incident.number}">
      <summary>
        <strong>${incidentTitle(incident, context)}</strong>
        <span>${dateTime(incident.openedAt, context)}, ${incidentDuration(incident, context)}</span>
      </summary>
      ${updateList(incident, context)}
    </details>
  </li>`;
}

/** What was told of it, the newest first. */
function updateList({ updates }: IncidentFigures, context: ViewContext): Html {
  return html`<ol class="updates">
    ${[...updates].reverse().map(
      (update) =>
        html`<li class="${update.type}">
          <p>${updateWords(update, context.texts)}</p>
          ${dateTime(update.at, context)}
        </li>`,
    )}
  </ol>`;
}

/** The part of a page that shows what goes on now, hidden while that is nothing. */
export function openIncidents(open: readonly IncidentFigures[], context: ViewContext): Html {
  const { texts } = context;
  return html` <section
    data-part
    id="open"
    aria-labelledby="open-title"
    ${open.length === 0 && html` hidden`}
  >
    <h2 id="open-title">${texts.incidents.open}</h2>
    <ul class="incidents">
      ${open.map((incident) => incidentCard(incident, context))}
    </ul>
  </section>`;
}
