import type { FailureCause } from '../../domain/watching/check';
import type { IncidentStatus } from '../../domain/watching/incident';
import type { WatchedServer } from '../../domain/watching/server';
import type { ServerState, ServerStatus } from '../../domain/watching/server-state';

/** What is read of the watched servers: for the bot and the web server. Instants are milliseconds since the epoch. */

/** Where a server was defined: in the configuration file, or by a command. */
export type ServerOrigin = 'file' | 'command';

/** A server as lists and pages show it. */
export interface ServerOverview {
  /** With the maintenance windows that commands added. */
  readonly server: WatchedServer;
  readonly origin: ServerOrigin;
  readonly addedAt: number;
  /** As of the instant that was asked for: `unknown` when its next check is long overdue. */
  readonly status: ServerStatus;
  /** Since when `status` holds as far as it is confirmed. */
  readonly since: number;
  /** `newServerState` before the first check. */
  readonly state: ServerState;
  /** When the last check began. */
  readonly checkedAt: number | null;
  readonly dueAt: number;
}

/** How long a server was what; they add up to the part of its life that lies in the asked time. */
export interface TimeByKind {
  readonly upMs: number;
  readonly downMs: number;
  readonly unknownMs: number;
  readonly maintenanceMs: number;
}

/** The last 24 hours, 7, 30 and 90 days. */
export interface UptimeRow {
  readonly serverKey: number;
  readonly day: TimeByKind;
  readonly week: TimeByKind;
  readonly month: TimeByKind;
  readonly quarter: TimeByKind;
}

/** One day of one server. Days in which it was not watched yet are absent. */
export interface DayRow extends TimeByKind {
  readonly serverKey: number;
  /** Its first instant, in UTC. */
  readonly day: number;
}

/** The checks of one stretch of time. What no check told is `null`. */
export interface SeriesPoint {
  readonly serverKey: number;
  /** The stretch's first instant. */
  readonly at: number;
  readonly checks: number;
  readonly failures: number;
  /** Milliseconds, of the checks that were answered. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
  readonly players: { readonly min: number; readonly avg: number; readonly max: number } | null;
}

/** Oldest first within a server; stretches without a check are absent. */
export interface SeriesQuery {
  readonly serverKeys: readonly number[];
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /**
   * How long a stretch is: so many milliseconds, made from single checks (kept 48 hours); an hour (kept 90
   * days), or a day of UTC (kept for ever).
   */
  readonly step: number | 'hour' | 'day';
}

/** How many played on several servers together in one stretch of time. */
export interface PlayersPoint {
  /** The stretch's first instant. */
  readonly at: number;
  /** The sums of what each server had at least, on average and at most. */
  readonly players: { readonly min: number; readonly avg: number; readonly max: number };
}

/** One outage of one server. */
export interface DowntimeRow {
  readonly serverKey: number;
  readonly name: string;
  readonly isPublic: boolean;
  readonly since: number;
  /** `null`: still down. */
  readonly until: number | null;
  readonly cause: FailureCause;
  /** How much of it we could not see. */
  readonly unknownMs: number;
}

export interface IncidentRow {
  readonly incidentId: string;
  readonly guildId: string;
  /** Counted per guild from 1; lists are in its order. */
  readonly number: number;
  readonly host: string;
  readonly status: IncidentStatus;
  readonly openedAt: number;
  readonly recoveredAt: number | null;
  readonly acknowledgedAt: number | null;
  readonly acknowledgedBy: string | null;
  readonly raisedAt: number | null;
  readonly flapping: boolean;
  /** Oldest first. */
  readonly servers: readonly DowntimeRow[];
  readonly alertMessage: MessagePlace | null;
  readonly publicMessage: MessagePlace | null;
}

export interface MessagePlace {
  readonly channelId: string;
  readonly messageId: string;
}

/** Newest first. */
export interface IncidentQuery {
  readonly guildId: string;
  /** Only those of this server. */
  readonly serverKey?: number;
  /** Only those with a public server, and of them only the public servers. */
  readonly publicOnly?: boolean;
  /** Only those that are not over. */
  readonly open?: boolean;
  /** Only smaller numbers: the `next` of the page before. */
  readonly before?: number;
  readonly limit: number;
}

export interface IncidentPage {
  readonly incidents: readonly IncidentRow[];
  /** `null`: this is the last page. */
  readonly next: number | null;
}

/** One line of an incident's history. */
export interface IncidentHistoryEntry {
  readonly seq: number;
  /** An `IncidentEvent`'s type. */
  readonly type: string;
  readonly at: number;
  readonly actorId: string | null;
  /** The other parts of the event. */
  readonly data: Readonly<Record<string, unknown>>;
  /** A person's own words. */
  readonly note: string | null;
}

export interface GuildPage {
  readonly guildId: string;
  readonly name: string;
  /** In the address of its status page; it stays when the guild is renamed. */
  readonly slug: string;
}

/** Which rows are exported, oldest first. */
export interface ExportQuery {
  readonly serverKey: number;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** Only later rows: the `next` of the page before. */
  readonly after?: number;
  readonly limit: number;
}

export interface ExportPage<Row> {
  readonly rows: readonly Row[];
  /** `null`: this is the last page. */
  readonly next: number | null;
}

/** One single check, as long as it is kept. */
export interface CheckRow {
  readonly at: number;
  /** `null`: it was answered. */
  readonly cause: FailureCause | null;
  readonly latencyMs: number | null;
  readonly players: number | null;
}

/** What reads watched servers. Every method throws `DatabaseUnavailable` while Postgres is away. */
export interface WatchReader {
  /** The guild's servers in their order, without those that were removed. */
  servers(guildId: string, now: number): Promise<ServerOverview[]>;
  /** @param id the administrator's word for it; `null`: there is none (any more) */
  server(guildId: string, id: string, now: number): Promise<ServerOverview | null>;
  /** Exact, from the spans; servers that were removed or never existed are absent. */
  uptime(serverKeys: readonly number[], now: number): Promise<UptimeRow[]>;
  /**
   * The days of UTC that touch the time, each as far as it lies before `now`.
   *
   * @param to exclusive
   */
  days(
    serverKeys: readonly number[],
    time: { readonly from: number; readonly to: number },
    now: number,
  ): Promise<DayRow[]>;
  series(query: SeriesQuery): Promise<SeriesPoint[]>;
  /**
   * All of the servers together, oldest first; stretches in which none told its players are absent. Far
   * cheaper than `series` of them all.
   *
   * @param query `step` in milliseconds, from single checks
   */
  playersTogether(query: SeriesQuery & { readonly step: number }): Promise<PlayersPoint[]>;
  incidents(query: IncidentQuery): Promise<IncidentPage>;
  incident(incidentId: string): Promise<IncidentRow | null>;
  incidentByNumber(guildId: string, number: number): Promise<IncidentRow | null>;
  /** Oldest first. */
  incidentEvents(incidentId: string): Promise<IncidentHistoryEntry[]>;
  exportChecks(query: ExportQuery): Promise<ExportPage<CheckRow>>;
  exportHours(query: ExportQuery): Promise<ExportPage<SeriesPoint>>;
  exportDays(query: ExportQuery): Promise<ExportPage<SeriesPoint>>;
  exportDowntimes(query: ExportQuery): Promise<ExportPage<DowntimeRow>>;
  /** The same text as long as nothing was seen of the guild's servers and nothing happened in its incidents. */
  changeMark(guildId: string): Promise<string>;
  guild(guildId: string): Promise<GuildPage | null>;
  guildBySlug(slug: string): Promise<GuildPage | null>;
  /** All servers that are watched, of all guilds. */
  countServers(): Promise<number>;
}
