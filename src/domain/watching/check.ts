/**
 * One probe of a game server and what came of it. Instants are milliseconds since the Unix epoch (UTC).
 */

export const PROBE_KINDS = ['java', 'bedrock', 'query', 'tcp', 'rcon', 'http'] as const;

/** How a server is asked. */
export type ProbeKind = (typeof PROBE_KINDS)[number];

export const FAILURE_CAUSES = [
  'refused',
  'timed-out',
  'name-not-found',
  'unreachable',
  'closed-early',
  'protocol-error',
  'wrong-answer',
  'too-large',
  'forbidden-address',
] as const;

/**
 * Why a probe failed: nothing listens there; no answer in time; DNS knows no such name; the network has
 * no way there; the connection was closed before the answer was whole; what came is not the protocol;
 * the protocol is right and the answer is not the wanted one (an HTTP status, an RCON password); more
 * than a probe reads (1 MiB); an internal address that the administrator did not allow.
 */
export type FailureCause = (typeof FAILURE_CAUSES)[number];

/** A server that answered. What its protocol does not tell, or it left out, is `null`. */
export interface Answered {
  readonly up: true;
  /** From the question's last byte sent to the answer's first byte, in milliseconds; never our own queueing. */
  readonly latencyMs: number;
  readonly players: number | null;
  readonly maxPlayers: number | null;
  /** As the server calls it, one line, at most 100 characters; text from outside. */
  readonly version: string | null;
  /** The server's description without formatting, at most 200 characters; text from outside. */
  readonly motd: string | null;
}

export interface Failed {
  readonly up: false;
  readonly cause: FailureCause;
}

export type CheckResult = Answered | Failed;

/** One probe of one server. */
export interface Check {
  /** When the probe began. */
  readonly at: number;
  readonly result: CheckResult;
}
