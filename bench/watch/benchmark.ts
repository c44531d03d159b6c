import { thisMachine, type Machine } from '../measure/machine';
import { endure, type Endurance } from './endurance';
import { forkFleet } from './fleet';
import { hanging, judge, type RoundFigures } from './judge';
import type { Plan } from './plan';
import { measureRounds } from './rounds/measure';
import type { WholeRounds } from './rounds/results';
import { startSubject, SUBJECTS, type Subject, type SubjectName } from './subject';

/** What was measured with a fleet of one size. */
export interface SizeResults {
  readonly servers: number;
  readonly hanging: number;
  readonly rounds: readonly Readonly<Partial<Record<SubjectName, RoundFigures>>>[];
}

/** Everything that was measured, as it is written to a file. */
export interface Results {
  readonly machine: Machine;
  readonly seed: number;
  readonly plan: Plan;
  /** When it began, ISO 8601. */
  readonly begun: string;
  readonly seconds: number;
  readonly sizes: readonly SizeResults[];
  /** Whole rounds over the largest fleet; `null`: they were not measured. */
  readonly wholeRounds: WholeRounds | null;
  /** `null`: it was not measured. */
  readonly endurance: Endurance | null;
  /** Why somebody is left out. */
  readonly leftOut: Readonly<Partial<Record<SubjectName, string>>>;
}

export interface BenchmarkOptions {
  readonly plan: Plan;
  readonly seed: number;
  /** Whom to measure, in this order. */
  readonly subjects: readonly SubjectName[];
  readonly say: (what: string) => void;
  /** Aborted when the run is not wanted any more. */
  readonly signal: AbortSignal;
}

/** Checks seeded fleets of servers with Castellan's probe and with others, in turns. */
export async function benchmark(options: BenchmarkOptions): Promise<Results> {
  const { plan, seed, say } = options;
  const machine = thisMachine();
  const begun = new Date().toISOString();
  const from = performance.now();
  const leftOut: Partial<Record<SubjectName, string>> = {};
  const subjects: Subject[] = [];
  options.signal.addEventListener('abort', () => {
    for (const subject of subjects) void subject.stop();
  });
  try {
    for (const name of SUBJECTS.filter((each) => options.subjects.includes(each))) {
      say(`starting ${name}`);
      try {
        subjects.push(await startSubject(name));
      } catch (error) {
        leftOut[name] = error instanceof Error ? error.message : String(error);
      }
    }
    const sizes: SizeResults[] = [];
    for (const servers of plan.sizes) sizes.push(await measure(servers, subjects, options));
    const wholeRounds = plan.wholeRounds === 0 ? null : await measureWholeRounds(options);
    const endurance = plan.enduredRounds === 0 ? null : await measureEndurance(options);
    const seconds = (performance.now() - from) / 1_000;
    return { machine, seed, plan, begun, seconds, sizes, wholeRounds, endurance, leftOut };
  } finally {
    await Promise.all(subjects.map((subject) => subject.stop()));
  }
}

function measureEndurance({ plan, seed, say, signal }: BenchmarkOptions): Promise<Endurance> {
  say(`${plan.enduredRounds} rounds, one after the other`);
  return endure(plan.enduredRounds, { seed, concurrency: plan.concurrency, signal });
}

async function measureWholeRounds(options: BenchmarkOptions): Promise<WholeRounds> {
  const { plan, seed, say, signal } = options;
  const servers = plan.sizes.at(-1) ?? 0;
  say(`${servers} servers, watched by all of Castellan in ${plan.wholeRounds} whole rounds`);
  const fleet = await forkFleet(seed, servers);
  try {
    return await measureRounds(fleet, plan.timeoutMs, plan.wholeRounds, signal);
  } finally {
    await fleet.stop();
  }
}

async function measure(
  servers: number,
  subjects: readonly Subject[],
  { plan, seed, say, signal }: BenchmarkOptions,
): Promise<SizeResults> {
  const fleet = await forkFleet(seed, servers);
  const { concurrency, timeoutMs, mostMs } = plan;
  const ports = fleet.peers.map(({ port }) => port);
  const rounds: Partial<Record<SubjectName, RoundFigures>>[] = [];
  try {
    for (let round = 1; round <= plan.rounds; round += 1) {
      const figures: Partial<Record<SubjectName, RoundFigures>> = {};
      for (const subject of subjects) {
        signal.throwIfAborted();
        say(`${servers} servers, round ${round} of ${plan.rounds}: ${subject.name}`);
        const outcome = await subject.check({ ports, concurrency, timeoutMs, mostMs });
        const served = await fleet.servedMs();
        figures[subject.name] = judge(subject.name, fleet.peers, served, outcome, timeoutMs);
      }
      rounds.push(figures);
    }
  } finally {
    await fleet.stop();
  }
  return { servers, hanging: hanging(fleet.peers), rounds };
}
