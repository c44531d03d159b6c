import type { CheckResult } from '../../domain/watching/check';

/** What is asked: a watched server, as far as a probe needs to know it. */
export interface ProbeTarget {
  /** A name or an IP address, without port; for `http` the whole URL. */
  readonly address: string;
  /** `null`: the protocol's own, and for Java what the name's SRV record says. */
  readonly port: number | null;
  /** Whether addresses of private and local networks may be asked. */
  readonly allowInternal: boolean;
  /** HTTP: the status that is right; `null`: any 2xx, after redirects. */
  readonly expectStatus: number | null;
  /** RCON: the command that must be answered, and the password in clear text. */
  readonly rcon: { readonly command: string; readonly password: string } | null;
}

export interface ProbeLimits {
  /** From the call to the result, names and all attempts included, in milliseconds. */
  readonly timeoutMs: number;
  /**
   * Ends the probe at once. Its result is then `timed-out` and says nothing about the server: whoever
   * aborts throws it away.
   */
  readonly signal: AbortSignal;
}

/** One way to ask whether a server is there. */
export interface Probe {
  /**
   * Asks once. It never rejects, whatever comes back; it takes at most the timeout (a busy event loop
   * adds to it), reads at most 1 MiB, and leaves no connection behind.
   */
  check(target: ProbeTarget, limits: ProbeLimits): Promise<CheckResult>;
}
