import { TURNS, type Plan, type TurnName } from './plan';
import type { SideRound } from './results';
import {
  atOnce,
  clear,
  costs,
  farAway,
  growth,
  memory,
  oneByOne,
  open,
  underLimits,
  type ScenarioFigures,
  type Subject,
} from './scenarios';

/** What is measured of one side in one turn; every turn begins and ends without tickets. */
interface Turn {
  readonly name: string;
  /** In how many of the rounds it has its turn, the first ones. */
  readonly rounds: number;
  measure(subject: Subject): Promise<SideRound>;
}

/** The turns of a plan, in the order in which the sides take them. */
export function turns(plan: Plan): Turn[] {
  const { rounds, oneByOne: singly, atOnce: crowd } = plan;
  const all: Record<TurnName, Turn> = {
    single: {
      name: 'one after another',
      rounds,
      async measure(subject) {
        const near = await oneByOne(subject, singly.near);
        await clear(subject);
        return { scenarios: { oneByOne: [near] } };
      },
    },
    'single-far': {
      name: 'one after another, far away',
      rounds,
      async measure(subject) {
        const far = await farAway(subject, () => oneByOne(subject, singly.far));
        await clear(subject);
        return { scenarios: { oneByOneFar: [far] } };
      },
    },
    crowd: {
      name: `${crowd} at once`,
      rounds,
      async measure(subject) {
        const near = await repeatedly(subject, plan.crowds.near, () => atOnce(subject, crowd));
        return { scenarios: { atOnce: near } };
      },
    },
    'crowd-far': {
      name: `${crowd} at once, far away`,
      rounds,
      async measure(subject) {
        const far = await repeatedly(subject, plan.crowds.far, () =>
          farAway(subject, () => atOnce(subject, crowd)),
        );
        return { scenarios: { atOnceFar: far } };
      },
    },
    costs: {
      name: 'requests and Actions',
      rounds: 1,
      async measure(subject) {
        const measured = await costs(subject, singly.near, () => oneByOne(subject, singly.near));
        await clear(subject);
        return { scenarios: {}, costs: measured.costs };
      },
    },
    limited: {
      name: `${plan.limited} at once under the limits`,
      rounds: plan.limitedRounds,
      async measure(subject) {
        const limited = await underLimits(subject, () => atOnce(subject, plan.limited));
        await clear(subject);
        return { scenarios: { limited: [limited] } };
      },
    },
    growth: {
      name: 'more and more open tickets',
      rounds: plan.growthRounds,
      async measure(subject) {
        let held: Record<string, number> = {};
        // The other levels come after as many openings: code that is compiled anew is no growth.
        await warmUp(subject, plan);
        const levels = await growth(subject, plan, () => {
          held = memory(subject);
        });
        await clear(subject);
        return { scenarios: {}, growth: levels, memory: held };
      },
    },
  };
  return TURNS.filter((name) => plan.turns.includes(name)).map((name) => all[name]);
}

/** Runs a scenario several times, each without tickets. */
async function repeatedly(
  subject: Subject,
  times: number,
  scenario: () => Promise<ScenarioFigures>,
): Promise<ScenarioFigures[]> {
  const results: ScenarioFigures[] = [];
  while (results.length < times) {
    results.push(await scenario());
    await clear(subject);
  }
  return results;
}

/** Opens and deletes tickets until the code is compiled and the connections are open. */
export async function warmUp(subject: Subject, plan: Plan): Promise<void> {
  await open(subject, plan.warmUp, plan.width);
  await clear(subject);
}

/** What several turns of one side in one round showed, together. */
export function together(parts: readonly SideRound[]): SideRound {
  const whole = parts.reduce<SideRound>((all, part) => ({ ...all, ...part }), { scenarios: {} });
  return {
    ...whole,
    scenarios: Object.assign(
      {},
      ...parts.map(({ scenarios }) => scenarios),
    ) as SideRound['scenarios'],
  };
}
