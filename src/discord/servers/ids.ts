import { count, customId, oneOf, optional, text } from '../custom-id';

/** The `custom_id`s of what is shown of game servers and their incidents; see ../ids.ts. */

/** Where an incident is shown that has the button: its message in a channel, or a person's own view of it. */
export type IncidentShownIn = 'channel' | 'view';

const shownIn = oneOf<IncidentShownIn>({ channel: 'c', view: 'v' });

/** Acknowledges an incident, or opens the form for a note. */
export const incidentButtonId = customId('incident', {
  action: oneOf<'acknowledge' | 'note'>({ acknowledge: 'a', note: 'n' }),
  incidentId: text,
  shownIn,
});

/** The form with a note on an incident. */
export const incidentNoteId = customId('inote', { incidentId: text, shownIn });

/** "Tell me when it is back" for one server. */
export const tellMeId = customId('tell', { serverKey: count });

/** The same where a notice is about several servers; the picked value is the server's key. */
export const tellMeMenuId = customId('tellone', {});

/** Turns the list of servers to a page, counted from 0. */
export const serversPageId = customId('servers', { page: count });

/** The menu of that list; the picked value is the server's key. */
export const serversPickId = customId('server', {});

/** The time that a server's chart shows. */
export const CHART_PERIODS = ['24h', '7d', '30d', '90d'] as const;
export type ChartPeriod = (typeof CHART_PERIODS)[number];

/** Shows a server anew, with the chart of this time. */
export const serverChartId = customId('chart', {
  serverKey: count,
  period: oneOf<ChartPeriod>({ '24h': '1', '7d': '7', '30d': '30', '90d': '90' }),
});

/** What a list of incidents shows. It travels in the buttons, so that the pages stay the same after a restart. */
export interface IncidentFilter {
  readonly serverKey: number | null;
  readonly status: 'open' | 'all';
}

/** Turns the list of incidents to a page; `before`: smaller numbers only. */
export const incidentsPageId = customId('outages', {
  serverKey: optional(count),
  status: oneOf<IncidentFilter['status']>({ open: 'o', all: '*' }),
  before: optional(count),
});

/** The menu of that list; the picked value is the incident's number. */
export const incidentPickId = customId('outage', {});

/** Turns the history of an incident to a page, counted from 0 for the newest. */
export const incidentHistoryId = customId('ohist', { number: count, page: count });

/** The menu of a server's maintenance; the picked window ends. */
export const maintenanceEndId = customId('mend', { serverId: text });
