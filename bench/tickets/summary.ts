import { median } from '../measure/percentile';
import { SCENARIOS, type Results, type ScenarioName, type SideRound } from './results';
import type { ScenarioFigures } from './scenarios';
import type { SideName } from './side';

/** One figure of both sides: the median of all times that it was measured, of processor time the least. */
export interface Row {
  readonly figure: string;
  readonly unit: string;
  readonly castellan: number;
  /** NaN where the bare bot has no such thing. */
  readonly bare: number;
}

/** Rows that belong together. */
export interface Table {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** One of the goals that the product set itself. */
export interface Goal {
  readonly goal: string;
  readonly measured: number;
  readonly met: boolean;
}

type ScenarioFigure = Exclude<keyof ScenarioFigures, 'acknowledgedMs'>;

/** Ours as a multiple of the bare bot's. */
export function ratio({ castellan, bare }: Pick<Row, 'castellan' | 'bare'>): number {
  return castellan / bare;
}

/** All figures that were measured, as medians; those of processor time as the least of them. */
export function tables(results: Results): Table[] {
  return [
    ...scenariosOf(results).map((name) => ({
      title: `${SCENARIOS[name]} (${countOf(results, name)})`,
      rows: [
        scenarioRow(results, name, 'acknowledged, p50', 'ms', 'ackP50'),
        scenarioRow(results, name, 'acknowledged, p99', 'ms', 'ackP99'),
        scenarioRow(results, name, 'opened, p50', 'ms', 'openP50'),
        scenarioRow(results, name, 'opened, p99', 'ms', 'openP99'),
        scenarioRow(results, name, 'openings a second', '/s', 'perSecond'),
      ],
    })),
    { title: 'each opening', rows: [...processorRows(results), ...costRows(results)] },
    { title: 'resident memory', rows: memoryRows(results) },
  ].filter(({ rows }) => rows.some(({ castellan }) => !Number.isNaN(castellan)));
}

/** The goals of the product's third issue, with what was measured; without those that were not. */
export function goals(results: Results): Goal[] {
  const most = (goal: string, limit: number, measured: number): Goal => ({
    goal: `${goal}: at most ${limit} times the bare bot's`,
    measured,
    met: measured <= limit,
  });
  const times = (name: ScenarioName, figure: ScenarioFigure): number =>
    ratio(scenarioRow(results, name, '', '', figure));
  const throughput = times('limited', 'perSecond');
  return [
    ...scenariosOf(results).map((name) =>
      most(`acknowledgement p99, ${SCENARIOS[name]}`, 1.5, times(name, 'ackP99')),
    ),
    most(`opening p50, ${SCENARIOS.oneByOneFar}`, 1.5, times('oneByOneFar', 'openP50')),
    most(`opening p50, ${SCENARIOS.atOnceFar}`, 1.5, times('atOnceFar', 'openP50')),
    {
      goal: "openings a second under Discord's limits: at least 0.6 times the bare bot's",
      measured: throughput,
      met: throughput >= 0.6,
    },
    most('growth of the processor time of an opening', 1.2, ratio(growthRow(results))),
  ].filter(({ measured }) => !Number.isNaN(measured));
}

function countOf({ plan }: Results, name: ScenarioName): string {
  const counts: Record<ScenarioName, number> = {
    oneByOne: plan.oneByOne.near,
    oneByOneFar: plan.oneByOne.far,
    atOnce: plan.atOnce,
    atOnceFar: plan.atOnce,
    limited: plan.limited,
  };
  return `${counts[name]} openings`;
}

function scenariosOf(results: Results): ScenarioName[] {
  const names = Object.keys(SCENARIOS) as ScenarioName[];
  return names.filter((name) =>
    results.rounds.some(({ castellan }) => castellan.scenarios[name] !== undefined),
  );
}

/** What the figures of several rounds say together. */
type Together = (figures: readonly number[]) => number;

/** Code that is still being compiled and other work of the machine can only add to processor time. */
const least: Together = (figures) => (figures.length === 0 ? Number.NaN : Math.min(...figures));

/** What a round has of a figure: nothing, one, or one of each time that it was measured. */
type Picked = (round: SideRound) => number | readonly number[] | undefined;

/** Over the rounds in which a side has a figure. */
function over(results: Results, side: SideName, pick: Picked, together: Together = median): number {
  return together(results.rounds.flatMap((round) => pick(round[side]) ?? []));
}

function row(
  results: Results,
  figure: string,
  unit: string,
  pick: Picked,
  together: Together = median,
): Row {
  return {
    figure,
    unit,
    castellan: over(results, 'castellan', pick, together),
    bare: over(results, 'bare', pick, together),
  };
}

function scenarioRow(
  results: Results,
  name: ScenarioName,
  figure: string,
  unit: string,
  key: ScenarioFigure,
): Row {
  return row(results, figure, unit, ({ scenarios }) =>
    scenarios[name]?.map((figures) => figures[key]),
  );
}

function processorRows(results: Results): Row[] {
  const { levels } = results.plan;
  return [
    ...levels.map((level, index) =>
      row(
        results,
        `processor time of bot and worker, ${level} open`,
        'ms',
        ({ growth }) => growth?.[index]?.ownMs,
        least,
      ),
    ),
    growthRow(results),
    ...levels.map((level, index) => ({
      ...row(
        results,
        `processor time of Temporal and Postgres, ${level} open`,
        'ms',
        ({ growth }) => growth?.[index]?.serversMs,
        least,
      ),
      bare: Number.NaN,
    })),
  ];
}

/** How many times as much processor time an opening takes with the most tickets open as with none. */
function growthRow(results: Results): Row {
  const { levels } = results.plan;
  const at = (side: SideName, index: number) =>
    over(results, side, ({ growth }) => growth?.[index]?.ownMs, least);
  const grown = (side: SideName) => at(side, levels.length - 1) / at(side, 0);
  return {
    figure: `growth from 0 to ${levels.at(-1) ?? 0} open`,
    unit: '×',
    castellan: grown('castellan'),
    bare: grown('bare'),
  };
}

function costRows(results: Results): Row[] {
  return [
    row(results, 'REST requests', '', ({ costs }) => costs?.requests),
    {
      ...row(results, 'Temporal Actions', '', ({ costs }) => costs?.actions),
      bare: Number.NaN,
    },
  ];
}

function memoryRows(results: Results): Row[] {
  const sum = (memory: SideRound['memory']): number | undefined =>
    memory && Object.values(memory).reduce((all, part) => all + part, 0);
  const own = ({ memory }: SideRound): number | undefined =>
    memory && (memory.bot ?? 0) + (memory.worker ?? 0);
  const names = Object.keys(results.rounds[0]?.castellan.memory ?? {});
  return [
    ...names.map((name) => row(results, name, 'MiB', ({ memory }) => memory?.[name])),
    { ...row(results, 'bot and worker', 'MiB', own) },
    { ...row(results, 'all processes', 'MiB', ({ memory }) => sum(memory)) },
  ];
}
