import type { GuildFigures, HistoryPoint, IncidentPage, PageIdentity } from './figures';

/**
 * How long a step of a history is: so many milliseconds (of the last 48 hours), an hour (of the last 90
 * days) or a day of UTC.
 */
export type HistoryStep = number | 'hour' | 'day';

export interface HistoryQuery {
  readonly serverKey: number;
  /** Milliseconds since the epoch. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly step: HistoryStep;
}

export interface PastIncidentsQuery {
  /** The `next` of the page before; `null`: from the newest on. */
  readonly before: number | null;
  readonly limit: number;
  /** Only those of one server. */
  readonly serverKey?: number;
}

/**
 * What the page reads. Every method throws `DatabaseUnavailable` while the records are away. Only public
 * servers come out of it, and texts that are fit to be shown.
 */
export interface StatusSource {
  /** `null`: there is no page by that name. */
  page(slug: string): Promise<PageIdentity | null>;
  /** Becomes another text when something was seen or happened: then it is worth reading the figures anew. */
  changeMark(page: PageIdentity): Promise<string>;
  /** @param now milliseconds since the epoch */
  guild(page: PageIdentity, now: number): Promise<GuildFigures>;
  /** Incidents that are over, newest first. */
  pastIncidents(page: PageIdentity, query: PastIncidentsQuery): Promise<IncidentPage>;
  /** Steps without any figures are absent; oldest first. */
  history(query: HistoryQuery, now: number): Promise<readonly HistoryPoint[]>;
}
