import type { ProbeKind } from './check';

/** When a server counts as down, as up again, and as flapping. */
export interface Thresholds {
  /** Failures in a row, from the first on, that make an outage; at least 2: one packet may be lost. */
  readonly downAfter: number;
  /** Answers in a row that end it. */
  readonly upAfter: number;
  /** So many changes between up and down within the time are flapping. */
  readonly flapChanges: number;
  readonly flapWithinMs: number;
}

export const DEFAULT_THRESHOLDS: Thresholds = {
  downAfter: 3,
  upAfter: 2,
  flapChanges: 6,
  flapWithinMs: 30 * 60_000,
};

/** A time in which a server may be away without being counted: once, or again and again by RFC 5545's rule. */
export interface MaintenanceWindow {
  readonly id: string;
  readonly title: string;
  /** The only beginning; with a rule, the moment from which on it counts and whose time of day it has. */
  readonly startsAt: number;
  readonly durationMs: number;
  /** `RRULE` value without its name, such as `FREQ=WEEKLY;BYDAY=TU`; `null`: once. */
  readonly rule: string | null;
  /** IANA name; the rule is counted in this zone. */
  readonly timeZone: string;
}

/** What a channel's name or the page shows of a server. */
export interface StatusChannel {
  readonly channelId: string;
  /** With `{emoji}`, `{name}`, `{players}`, `{max}`, `{status}`; at most 100 characters when filled in. */
  readonly template: string;
  /** What happens to a name that a person gave the channel by hand. */
  readonly onManualRename: 'respect' | 'restore';
}

/** A game server as it is watched. It is stored as jsonb; `key` is the database's, the rest the administrator's. */
export interface WatchedServer extends ServerSettings {
  /** Unique in the whole database; never used again. */
  readonly key: number;
  readonly guildId: string;
}

/** A server as commands give it; `null`: they say nothing, and what it had or a default holds. */
export interface ServerWish {
  readonly id: string;
  readonly name: string | null;
  readonly probe: string | null;
  readonly address: string | null;
  readonly intervalMs: number | null;
  readonly channelId: string | null;
  readonly template: string | null;
  /** Whether users see it. */
  readonly isPublic: boolean | null;
}

/** What an administrator says of a server, by configuration or by commands; defaults filled in. */
export interface ServerSettings {
  /** The administrator's word for it, unique in the guild. */
  readonly id: string;
  readonly name: string;
  readonly probe: ProbeKind;
  /** Host without port; for `http` the whole URL. */
  readonly address: string;
  /** `null`: the protocol's own (with SRV for Java). */
  readonly port: number | null;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly thresholds: Thresholds;
  /** Whether addresses of private and local networks may be asked. */
  readonly allowInternal: boolean;
  /** Servers of one host that fail together are one incident. */
  readonly host: string;
  /** Shown on the public page and to users. */
  readonly isPublic: boolean;
  readonly channels: readonly StatusChannel[];
  readonly maintenance: readonly MaintenanceWindow[];
  /** HTTP: the expected status (`null`: any 2xx). */
  readonly expectStatus: number | null;
  /** RCON: the command that must be answered, and the worker's environment variable that holds the password. */
  readonly rcon: { readonly command: string; readonly passwordVariable: string } | null;
}
