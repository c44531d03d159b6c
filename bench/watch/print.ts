import { machineLine } from '../measure/machine';
import { median } from '../measure/percentile';
import type { Results, SizeResults } from './benchmark';
import type { Endurance } from './endurance';
import type { RoundFigures } from './judge';
import type { WholeRounds } from './rounds/results';
import { SUBJECTS, type SubjectName } from './subject';

/** One of the goals that the product set itself. */
export interface Goal {
  readonly goal: string;
  readonly value: number;
  readonly measured: string;
  readonly met: boolean;
}

type Figure = Exclude<keyof RoundFigures, 'wrongKinds'>;

const ROWS: readonly (readonly [title: string, Figure, unit: string])[] = [
  ['whole round', 'wallMs', 'ms'],
  ['wrong verdicts', 'wrongVerdicts', ''],
  ['wrong causes', 'wrongCauses', ''],
  ['wrong numbers of players', 'wrongPlayers', ''],
  ['timeout exceeded by', 'overrunMs', 'ms'],
  ['latency beyond the server’s, p50', 'latencyErrorP50', 'ms'],
  ['latency beyond the server’s, p99', 'latencyErrorP99', 'ms'],
  ['peak memory', 'peakMiB', 'MiB'],
  ['uncaught errors', 'uncaught', ''],
];

/** Figures that are bad once and for all: the worst of the rounds counts, not the middle one. */
const WORST: ReadonlySet<Figure> = new Set([
  'wrongVerdicts',
  'wrongCauses',
  'wrongPlayers',
  'overrunMs',
  'peakMiB',
  'uncaught',
]);

/** The results as text for a terminal. */
export function printed(results: Results): string {
  const { machine, seed, plan, seconds, leftOut } = results;
  return [
    `Machine: ${machineLine(machine)}`,
    `Seed ${seed}; ${plan.concurrency} checks at a time, timeout ${plan.timeoutMs / 1_000} s; ${plan.rounds} rounds each, in ${Math.round(seconds)} s in all.`,
    ...results.sizes.map(tableText),
    ...(results.wholeRounds === null ? [] : [wholeRoundsText(results.wholeRounds)]),
    ...(results.endurance === null ? [] : [enduranceText(results.endurance)]),
    ...Object.entries(leftOut).map(([name, reason]) => `Left out: ${name}: ${reason}`),
    `Goals\n${goals(results).map(goalText).join('\n')}`,
    '',
  ].join('\n\n');
}

/** What Castellan's probe has to show with the largest fleet. */
export function goals({ sizes, wholeRounds }: Results): Goal[] {
  const largest = sizes.at(-1);
  if (largest === undefined) return [];
  const ours = (figure: Figure): number => overall(largest, 'castellan', figure);
  const times = ours('wallMs') / overall(largest, 'floor', 'wallMs');
  return [
    atMost('wrong verdicts', ours('wrongVerdicts'), 0, ''),
    atMost('wrong causes', ours('wrongCauses'), 0, ''),
    atMost('wrong numbers of players', ours('wrongPlayers'), 0, ''),
    atMost('a whole round, as a multiple of the floor’s', times, 1.15, '×'),
    atMost('peak memory of the probing', ours('peakMiB'), 100, 'MiB'),
    atMost('timeout exceeded by', ours('overrunMs'), 200, 'ms'),
    ...(wholeRounds === null ? [] : wholeGoals(wholeRounds, overall(largest, 'floor', 'wallMs'))),
    // A multiple of a floor that was left out says nothing.
  ].filter(({ value }) => Number.isFinite(value));
}

function wholeGoals({ wallMs, wrong }: WholeRounds, floorMs: number): Goal[] {
  const times = median(wallMs) / floorMs;
  return [
    atMost('a whole round through the workflow, as a multiple of the floor’s', times, 1.15, '×'),
    atMost('servers that whole rounds recorded wrongly', wrong, 0, ''),
  ];
}

function wholeRoundsText(rounds: WholeRounds): string {
  const { servers, wallMs, wrong, actions, workerPeakMiB } = rounds;
  const total = Object.values(actions).reduce((sum, count) => sum + count, 0);
  const types = Object.entries(actions).map(([type, count]) => `${type} ${figureText(count, '')}`);
  return [
    `${servers} servers, ${wallMs.length} whole rounds through the workflow in the steady state`,
    `  a round: median ${figureText(median(wallMs), 'ms')}, of ${wallMs.join(', ')}`,
    `  recorded wrongly: ${wrong}`,
    `  Temporal Actions a round: ${figureText(total, '')} (${types.join(', ')})`,
    `  latency beyond the server’s: p50 ${figureText(rounds.latencyErrorP50, 'ms')}, p99 ${figureText(rounds.latencyErrorP99, 'ms')}`,
    `  the worker’s peak memory, all of its work included: ${figureText(workerPeakMiB, 'MiB')}`,
  ].join('\n');
}

function enduranceText({ servers, rounds, earlyPeakMiB, peakMiB: peak }: Endurance): string {
  return [
    `${servers} servers, ${rounds} rounds one after the other`,
    `  peak memory after a tenth of them: ${figureText(earlyPeakMiB, 'MiB')}, after all: ${figureText(peak, 'MiB')}`,
  ].join('\n');
}

function atMost(what: string, measured: number, limit: number, unit: string): Goal {
  return {
    goal: `${what}: at most ${limit}${unit === '' ? '' : ` ${unit}`}`,
    value: measured,
    measured: figureText(measured, unit),
    met: measured <= limit,
  };
}

function overall({ rounds }: SizeResults, subject: SubjectName, figure: Figure): number {
  const values = rounds.flatMap((round) => round[subject]?.[figure] ?? []);
  if (values.length === 0) return Number.NaN;
  return WORST.has(figure) ? Math.max(...values) : median(values);
}

function tableText(size: SizeResults): string {
  const names = SUBJECTS.filter((name) => size.rounds.some((round) => round[name] !== undefined));
  const head = names.map((name) => name.padStart(23)).join('');
  const rows = ROWS.map(([title, figure, unit]) => {
    const values = names.map((name) => figureText(overall(size, name, figure), unit).padStart(23));
    return `  ${title.padEnd(34)}${values.join('')}`;
  });
  const wrong = names.flatMap((name) => wrongText(size, name));
  const title = `${size.servers} servers, ${size.hanging} hanging`;
  return [`${title.padEnd(36)}${head}`, ...rows, ...wrong].join('\n');
}

/** Which kinds of servers somebody got wrong in the last round. */
function wrongText({ rounds }: SizeResults, name: SubjectName): string[] {
  const kinds = Object.entries(rounds.at(-1)?.[name]?.wrongKinds ?? {});
  if (kinds.length === 0) return [];
  return [
    `  ${name} is wrong about: ${kinds.map(([kind, count]) => `${count} × ${kind}`).join(', ')}`,
  ];
}

function figureText(value: number, unit: string): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Number.isInteger(value) || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return unit === '' ? value.toFixed(digits) : `${value.toFixed(digits)} ${unit}`;
}

function goalText({ goal, measured, met }: Goal): string {
  return `  ${met ? 'met   ' : 'MISSED'}  ${goal}: ${measured}`;
}
