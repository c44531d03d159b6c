import type { FailureCause } from '../../domain/watching/check';

/** Why a probe ends without an answer. Within the probes it is thrown; outside it is a result. */
export class ProbeFailure extends Error {
  override readonly name = 'ProbeFailure';

  constructor(readonly why: FailureCause) {
    super(why);
  }
}

/** What the system's words for a failed connection mean (errno(3), and Node.js's for DNS and HTTP). */
const CAUSES: Readonly<Record<string, FailureCause>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'closed-early',
  ECONNABORTED: 'closed-early',
  EPIPE: 'closed-early',
  ETIMEDOUT: 'timed-out',
  EHOSTUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  ENETRESET: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  HPE_HEADER_OVERFLOW: 'too-large',
};

/** The cause that an error stands for, or `undefined` for one that no peer and no network can bring about. */
export function causeOf(error: unknown): FailureCause | undefined {
  if (error instanceof ProbeFailure) return error.why;
  const code = codeOf(error);
  if (code === undefined) return undefined;
  if (code.startsWith('HPE_')) return CAUSES[code] ?? 'protocol-error';
  return CAUSES[code];
}

/** The `code` of a system error. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
