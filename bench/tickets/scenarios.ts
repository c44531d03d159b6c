import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../../sandbox';
import { totalActions } from '../measure/actions';
import { exactPercentile, percentile } from '../measure/percentile';
import { processorTime, residentMemory } from '../measure/processes';
import type { Opening, Openings } from './openings';
import { FAR_MS, type Plan } from './plan';
import type { Side } from './side';

/** One side, ready to be measured. */
export interface Subject {
  readonly side: Side;
  readonly openings: Openings;
  /** Who opens tickets: enough for the scenario with most of them at once. */
  readonly people: readonly Person[];
}

/** What one scenario showed in one round; times in milliseconds. */
export interface ScenarioFigures {
  readonly ackP50: number;
  readonly ackP99: number;
  readonly openP50: number;
  readonly openP99: number;
  readonly perSecond: number;
  /** Of each opening, in the order in which they began. */
  readonly acknowledgedMs: readonly number[];
}

/** What an opening costs in requests and Actions. */
export interface CostFigures {
  readonly requests: number;
  readonly actions: number;
}

/** What an opening costs in processor time (milliseconds) with so many tickets open already. */
export interface LevelFigures {
  readonly open: number;
  readonly ownMs: number;
  readonly serversMs: number;
}

/** How long somebody waits between two openings of theirs, in milliseconds: no hand is quicker. */
const BETWEEN_MS = 100;

/** One person, one ticket after the other. */
export async function oneByOne(
  { openings, people }: Subject,
  count: number,
): Promise<ScenarioFigures> {
  const person = first(people);
  const results: Opening[] = [];
  for (let index = 0; index < count; index += 1) {
    results.push(await openings.open(person));
    await pause(BETWEEN_MS);
  }
  return figures(results);
}

/** As many people at the same time. */
export async function atOnce(
  { openings, people }: Subject,
  count: number,
): Promise<ScenarioFigures> {
  return figures(await Promise.all(people.slice(0, count).map((person) => openings.open(person))));
}

/** Runs a scenario with a round trip added to everything that goes to Discord and comes from there. */
export async function farAway<Result>(
  { side }: Subject,
  scenario: () => Promise<Result>,
): Promise<Result> {
  await side.driver.latency(FAR_MS);
  try {
    return await scenario();
  } finally {
    await side.driver.latency(0);
  }
}

/** Runs a scenario with Discord's rate limits in force. */
export async function underLimits<Result>(
  { side }: Subject,
  scenario: () => Promise<Result>,
): Promise<Result> {
  await side.driver.limits('discord');
  try {
    return await scenario();
  } finally {
    await side.driver.limits('off');
  }
}

/** Opens some tickets, a few at a time. */
export async function open(
  { openings, people }: Subject,
  count: number,
  width: number,
): Promise<void> {
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (begun < count) {
      const person = people[begun % people.length];
      begun += 1;
      if (person !== undefined) await openings.open(person);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/** Deletes all tickets, so that the next scenario begins without any. */
export async function clear({ side, openings }: Subject): Promise<void> {
  await openings.clear();
  await side.untilForgotten();
  await openings.quiet();
}

/** Counts what is asked of Discord and of Temporal while something is done. */
export async function costs<Result>(
  { side, openings }: Subject,
  count: number,
  scenario: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly costs: CostFigures }> {
  const before = { requests: openings.requests, actions: await side.actions() };
  const result = await scenario();
  await pause(side.aftermathMs);
  const actions = totalActions(await side.actions()) - totalActions(before.actions);
  const requests = openings.requests - before.requests;
  return { result, costs: { requests: requests / count, actions: actions / count } };
}

/**
 * What an opening costs in processor time, with more and more tickets open; what the processes do
 * some seconds after an opening is part of it.
 *
 * @param atFullest called while the most tickets are open
 */
export async function growth(
  subject: Subject,
  plan: Plan,
  atFullest: () => void,
): Promise<LevelFigures[]> {
  const levels: LevelFigures[] = [];
  let opened = 0;
  for (const level of plan.levels) {
    await open(subject, level - opened, plan.width);
    await pause(subject.side.aftermathMs);
    levels.push(await cost(subject, plan, level));
    opened = level + plan.perLevel;
  }
  atFullest();
  return levels;
}

/** What an opening costs with so many tickets open. */
async function cost(subject: Subject, plan: Plan, level: number): Promise<LevelFigures> {
  const { side } = subject;
  const spent = (): number[] =>
    [side.own, side.servers].map((processes) => processorTime(processes.values()));
  const before = spent();
  await open(subject, plan.perLevel, plan.width);
  await pause(side.aftermathMs);
  const [ownMs = 0, serversMs = 0] = spent().map(
    (time, index) => (time - (before[index] ?? 0)) / plan.perLevel,
  );
  return { open: level, ownMs, serversMs };
}

/** The memory of each process, in MiB. */
export function memory({ side }: Subject): Record<string, number> {
  const all = [...side.own, ...side.servers, ...side.others];
  return Object.fromEntries(all.map(([name, one]) => [name, residentMemory(one)]));
}

function figures(results: readonly Opening[]): ScenarioFigures {
  const acks = results.map(({ acknowledgedMs }) => acknowledgedMs);
  const opened = results.map(({ openedMs }) => openedMs);
  const from = Math.min(...results.map(({ sentAt }) => sentAt));
  const to = Math.max(...results.map(({ sentAt, openedMs }) => sentAt + openedMs));
  return {
    ackP50: exactPercentile(acks, 0.5),
    ackP99: exactPercentile(acks, 0.99),
    openP50: percentile(opened, 0.5),
    openP99: percentile(opened, 0.99),
    perSecond: results.length / ((to - from) / 1_000),
    acknowledgedMs: acks,
  };
}

function first(people: readonly Person[]): Person {
  const [person] = people;
  if (person === undefined) throw new Error('Nobody is there to open a ticket.');
  return person;
}
