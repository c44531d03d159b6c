import type { FailureCause } from '../../domain/watching/check';
import type { ServerStatus } from '../../domain/watching/server-state';

/**
 * What the public page shows: figures of servers and incidents, without anything that is the
 * administration's own (who acknowledged, notes, addresses). Instants are milliseconds since the epoch.
 */

/** How long each kind of time was, in milliseconds; together the part of the window that the server lived. */
export interface Spent {
  readonly upMs: number;
  readonly downMs: number;
  readonly unknownMs: number;
  readonly maintenanceMs: number;
}

/** One day of UTC. */
export interface DayFigures extends Spent {
  /** `YYYY-MM-DD`. */
  readonly day: string;
}

export const UPTIME_WINDOWS = ['24h', '7d', '30d', '90d'] as const;
export type UptimeWindow = (typeof UPTIME_WINDOWS)[number];

export interface Uptime {
  /** From 0 to 1, of the time that was seen and not under maintenance; `null`: nothing was seen. */
  readonly uptime: number | null;
  /** From 0 to 1: how much of the window was seen at all. */
  readonly coverage: number;
}

/** A time in which a server may be away: one occurrence. */
export interface PlannedMaintenance {
  readonly title: string;
  readonly from: number;
  readonly until: number;
  readonly servers: readonly ServerName[];
}

export interface ServerName {
  readonly id: string;
  readonly name: string;
}

/** One public server as it is now. */
export interface ServerFigures extends ServerName {
  /** The records' number for it: never shown, it names what is read next. */
  readonly key: number;
  /** When it was added to what is watched. */
  readonly addedAt: number;
  readonly status: ServerStatus;
  readonly since: number;
  /** Why it does not answer; `null`: it does, or nobody knows. */
  readonly cause: FailureCause | null;
  readonly checkedAt: number | null;
  readonly players: number | null;
  readonly maxPlayers: number | null;
  readonly latencyMs: number | null;
  readonly version: string | null;
  readonly motd: string | null;
  readonly uptime: Readonly<Record<UptimeWindow, Uptime>>;
  /** The last 90, oldest first; days before it was watched are absent. */
  readonly days: readonly DayFigures[];
}

export interface AffectedFigures {
  /** The records' number for the server, as in `ServerFigures`. */
  readonly key: number;
  readonly name: string;
  readonly since: number;
  readonly until: number | null;
  readonly cause: FailureCause;
  readonly unknownMs: number;
}

/** What users are told of an incident's course, never by whom. */
export type IncidentUpdate =
  | {
      readonly at: number;
      readonly type: 'down';
      readonly server: string;
      readonly cause: FailureCause;
    }
  | {
      readonly at: number;
      readonly type: 'cause';
      readonly server: string;
      readonly cause: FailureCause;
    }
  /** `removed`: it is watched no longer, which ends its outage. */
  | { readonly at: number; readonly type: 'up' | 'removed'; readonly server: string }
  | { readonly at: number; readonly type: 'flapping' | 'settled'; readonly server: string }
  | { readonly at: number; readonly type: 'acknowledged' }
  | { readonly at: number; readonly type: 'recovered' };

export interface IncidentFigures {
  /** Counted from 1 in each guild. */
  readonly number: number;
  readonly openedAt: number;
  readonly recoveredAt: number | null;
  /** Only public ones; never empty. */
  readonly servers: readonly AffectedFigures[];
  /** Oldest first. */
  readonly updates: readonly IncidentUpdate[];
}

/** Past incidents, newest first, and where the older ones begin. */
export interface IncidentPage {
  readonly incidents: readonly IncidentFigures[];
  /** The `before` of the page that follows; `null`: this is the last. */
  readonly next: number | null;
}

/** One guild's page. */
export interface PageIdentity {
  readonly slug: string;
  readonly guildId: string;
  readonly name: string;
  /** The configured language, if it is one that we speak. */
  readonly language: string | null;
}

/** What the main page shows, read at one instant. */
export interface GuildFigures {
  readonly page: PageIdentity;
  readonly readAt: number;
  readonly servers: readonly ServerFigures[];
  readonly open: readonly IncidentFigures[];
  readonly past: IncidentPage;
  /** Going on or planned, soonest first. */
  readonly maintenance: readonly PlannedMaintenance[];
}

/** One step of a server's history. */
export interface HistoryPoint {
  /** The step's beginning. */
  readonly at: number;
  readonly checks: number;
  readonly failures: number;
  /** Milliseconds, of the checks that were answered. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
  readonly players: { readonly min: number; readonly avg: number; readonly max: number } | null;
  /** Of whole days alone. */
  readonly spent: Spent | null;
}
