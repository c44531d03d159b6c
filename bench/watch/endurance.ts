import { forkFleet } from './fleet';
import { startSubject } from './subject';

/** Servers that hang are given up soon here: what counts is how often they are checked. */
const TIMEOUT_MS = 300;
const SERVERS = 100;

/** What the probing process held while it checked one fleet again and again. */
export interface Endurance {
  readonly servers: number;
  readonly rounds: number;
  /** The most memory up to the end of a tenth of the rounds, and of all of them, in MiB. */
  readonly earlyPeakMiB: number;
  readonly peakMiB: number;
}

/** Checks a fleet of 100 servers, round after round, with Castellan's probe. */
export async function endure(
  rounds: number,
  {
    seed,
    concurrency,
    signal,
  }: { readonly seed: number; readonly concurrency: number; readonly signal: AbortSignal },
): Promise<Endurance> {
  const fleet = await forkFleet(seed, SERVERS);
  const subject = await startSubject('castellan');
  try {
    const ports = fleet.peers.map(({ port }) => port);
    const peaks: number[] = [];
    while (peaks.length < rounds) {
      signal.throwIfAborted();
      const task = { ports, concurrency, timeoutMs: TIMEOUT_MS, mostMs: 10 * TIMEOUT_MS };
      peaks.push((await subject.check(task)).peakMiB);
    }
    const early = peaks[Math.ceil(rounds / 10) - 1] ?? 0;
    return { servers: SERVERS, rounds, earlyPeakMiB: early, peakMiB: peaks.at(-1) ?? 0 };
  } finally {
    await subject.stop();
    await fleet.stop();
  }
}
