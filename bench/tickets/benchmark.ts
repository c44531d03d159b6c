import { type Driver, type Person } from '../../sandbox';
import { chance, shuffled } from '../measure/chance';
import { thisMachine } from '../measure/machine';
import { startBareSide } from './bare-side';
import { startCastellanSide } from './castellan-side';
import { Openings } from './openings';
import type { Plan } from './plan';
import type { Results, SideRound } from './results';
import { together, turns, warmUp } from './rounds';
import type { Subject } from './scenarios';
import type { Side, SideName } from './side';

/** What a run of the benchmark is given. */
export interface BenchmarkOptions {
  readonly plan: Plan;
  readonly seed: number;
  /** Is told what is being done. */
  readonly say: (what: string) => void;
  /** Aborted when the run is not wanted any more. */
  readonly signal: AbortSignal;
}

/**
 * Opens tickets with Castellan and with a bare discord.js bot, in turns, each against a local Discord
 * of its own, and measures both.
 */
export async function benchmark(options: BenchmarkOptions): Promise<Results> {
  const { plan, seed, say, signal } = options;
  const machine = thisMachine();
  const begun = new Date().toISOString();
  const from = performance.now();
  const sides: Side[] = [];
  try {
    say('starting Castellan with its embedded parts, and the bare bot');
    for (const start of [startCastellanSide, startBareSide]) {
      signal.throwIfAborted();
      sides.push(await start());
    }
    const random = chance(seed);
    const subjects = await Promise.all(sides.map((side) => subject(side, plan, random)));
    const rounds = await Promise.race([measure(subjects, options), aborted(signal)]);
    const seconds = (performance.now() - from) / 1_000;
    return { machine, seed, plan, begun, seconds, rounds };
  } finally {
    await Promise.all(sides.map((side) => side.stop()));
  }
}

async function measure(
  subjects: readonly Subject[],
  { plan, say, signal }: BenchmarkOptions,
): Promise<Record<SideName, SideRound>[]> {
  for (const each of subjects) {
    say(`${each.side.name}: warming up with ${plan.warmUp} tickets`);
    await warmUp(each, plan);
  }
  const rounds: Record<SideName, SideRound>[] = [];
  for (let round = 1; round <= plan.rounds; round += 1) {
    const parts: Record<SideName, SideRound[]> = { castellan: [], bare: [] };
    for (const turn of turns(plan).filter((one) => round <= one.rounds)) {
      for (const each of subjects) {
        signal.throwIfAborted();
        say(`round ${round} of ${plan.rounds}, ${turn.name}: ${each.side.name}`);
        parts[each.side.name].push(await turn.measure(each));
      }
    }
    rounds.push({ castellan: together(parts.castellan), bare: together(parts.bare) });
  }
  return rounds;
}

async function subject(side: Side, plan: Plan, random: () => number): Promise<Subject> {
  const openings = await Openings.on(side.driver);
  const people = await crowd(side.driver, Math.max(plan.limited, plan.atOnce));
  return { side, openings, people: shuffled(people, random) };
}

/** So many new members of the guild. */
function crowd(driver: Driver, count: number): Promise<Person[]> {
  const names = Array.from({ length: count }, (_, index) => `bench${index + 1}`);
  return Promise.all(names.map((name) => driver.addPerson(name, { roles: ['Player'] })));
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('The benchmark was stopped.'));
    });
  });
}
