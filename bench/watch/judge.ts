import { percentile } from '../measure/percentile';
import { HANGING, type Peer } from './fleet';
import { LATENCY_OF, type SubjectName } from './subject';
import type { Outcome, Verdict } from './subjects/line';

/** What one subject showed in one round over the fleet. */
export interface RoundFigures {
  readonly wallMs: number;
  readonly wrongVerdicts: number;
  /** By the kind of server. */
  readonly wrongKinds: Readonly<Record<string, number>>;
  /** Among right verdicts; only for subjects that tell a cause. */
  readonly wrongCauses: number;
  /** Servers that told their players and of which another number was said, or none. */
  readonly wrongPlayers: number;
  /** The longest check beyond the timeout, in milliseconds; 0 when none was. */
  readonly overrunMs: number;
  /** Published latency less the server's own time, in milliseconds; NaN when none is published. */
  readonly latencyErrorP50: number;
  readonly latencyErrorP99: number;
  readonly peakMiB: number;
  readonly uncaught: number;
}

/**
 * Compares what a subject said with what the servers are, and with what they themselves measured.
 *
 * @param servedMs how long each server took for its answer
 */
export function judge(
  subject: SubjectName,
  peers: readonly Peer[],
  servedMs: readonly (number | null)[],
  { wallMs, verdicts, peakMiB, uncaught }: Outcome,
  timeoutMs: number,
): RoundFigures {
  const judged = peers.map((peer, index) => {
    const verdict = verdicts[index];
    if (verdict === undefined) throw new Error(`${subject} left a server out.`);
    return { peer, verdict, served: servedMs[index] ?? null };
  });
  const wrong = judged.filter(({ peer, verdict }) => verdict.up !== peer.truth.up);
  const wrongKinds: Record<string, number> = {};
  for (const { peer } of wrong) wrongKinds[peer.kind] = (wrongKinds[peer.kind] ?? 0) + 1;
  const errors = judged.flatMap(({ verdict, served }) => latencyError(subject, verdict, served));
  return {
    wallMs,
    wrongVerdicts: wrong.length,
    wrongKinds,
    wrongCauses: judged.filter(({ peer, verdict }) => hasWrongCause(peer, verdict)).length,
    wrongPlayers: judged.filter(({ peer, verdict }) => hasWrongPlayers(peer, verdict)).length,
    overrunMs: Math.max(0, ...verdicts.map(({ tookMs }) => tookMs - timeoutMs)),
    latencyErrorP50: errors.length === 0 ? Number.NaN : percentile(errors, 0.5),
    latencyErrorP99: errors.length === 0 ? Number.NaN : percentile(errors, 0.99),
    peakMiB,
    uncaught,
  };
}

/** How many of the servers hang until the timeout. */
export function hanging(peers: readonly Peer[]): number {
  return peers.filter(({ kind }) => HANGING.has(kind)).length;
}

function hasWrongCause({ truth }: Peer, { up, cause }: Verdict): boolean {
  return !truth.up && !up && cause !== null && cause !== truth.cause;
}

function hasWrongPlayers({ truth }: Peer, { up, players }: Verdict): boolean {
  return truth.up && up && truth.players !== null && players !== truth.players;
}

/** A status takes as long as the server says; a ping is answered at once. */
function latencyError(
  subject: SubjectName,
  { latencyMs }: Verdict,
  served: number | null,
): number[] {
  const basis = LATENCY_OF[subject];
  if (latencyMs === null || basis === 'nothing' || served === null) return [];
  return [latencyMs - (basis === 'status' ? served : 0)];
}
