/** Who a request or an act came from. */
export type By =
  | { kind: 'bot' | 'person' | 'webhook'; id: string }
  | { kind: 'interaction'; id: string }
  | { kind: 'nobody' };

/** One thing that happened, as the driver can ask for it. */
export type JournalEntry =
  RestEntry | InteractionEntry | GatewayEntry | ActEntry | FaultEntry | RateLimitEntry;

interface Numbered {
  /** Counts up from 1 over everything that happens. */
  seq: number;
  /** Milliseconds since 1970. */
  at: number;
}

/** A REST request of a bot or a webhook, written down when it was answered (or never will be). */
export interface RestEntry extends Numbered {
  kind: 'rest';
  method: string;
  /** With its parameters' names: `/channels/:channelId/messages`. */
  route: string;
  /** As it came, without the query. */
  path: string;
  query: string;
  by: By;
  /** null: no answer was sent, by an injected fault. */
  status: number | null;
  /** Discord's own error code, where it refused. */
  code: number | null;
  requestBody: unknown;
  /** The id of what the request made or changed, where there is one. */
  resultId: string | null;
  /** X-Audit-Log-Reason, decoded. */
  reason: string | null;
  /** Whether the request took effect: also true when a fault then spoilt the answer. */
  committed: boolean;
  /** From arrival to answer, in milliseconds. */
  ms: number;
  /** The fault that hit it. */
  fault: string | null;
}

/** A step in an interaction's life. */
export interface InteractionEntry extends Numbered {
  kind: 'interaction';
  what: 'sent' | 'acknowledged' | 'answered' | 'failed';
  id: string;
  userId: string;
  /** The command or custom_id. */
  label: string;
  type: number;
  /** The kind of acknowledgement. */
  ack: string | null;
  /** Since it was sent, in milliseconds. */
  ms: number;
}

export interface GatewayEntry extends Numbered {
  kind: 'gateway';
  /** `event` was sent to a connected bot, `kept` waits for its session to be resumed. */
  what:
    | 'identified'
    | 'resumed'
    | 'invalidSession'
    | 'disconnected'
    | 'refused'
    | 'closed'
    | 'event'
    | 'kept';
  /** The event's name. */
  name?: string;
  session?: string;
  /** The close code. */
  code?: number;
}

/** What a person did by hand. */
export interface ActEntry extends Numbered {
  kind: 'act';
  userId: string;
  what: string;
  channelId: string | null;
  targetId: string | null;
}

/** A fault began to act on a request: the moment to kill something. */
export interface FaultEntry extends Numbered {
  kind: 'fault';
  id: string;
  fault: string;
  when: 'before' | 'after';
  method: string;
  route: string;
  path: string;
}

export interface RateLimitEntry extends Numbered {
  kind: 'rateLimit';
  method: string;
  route: string;
  path: string;
  scope: string;
  retryAfter: number;
}

type WithoutNumber<Entry> = Entry extends unknown ? Omit<Entry, 'seq' | 'at'> : never;
/** An entry before it is numbered and dated. */
export type NewEntry = WithoutNumber<JournalEntry>;
