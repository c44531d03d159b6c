import { machineLine } from '../measure/machine';
import type { Results } from './results';
import { goals, ratio, tables, type Goal, type Row, type Table } from './summary';

/** The results as text for a terminal. */
export function printed(results: Results): string {
  const { machine, seed, rounds, seconds } = results;
  return [
    `Machine: ${machineLine(machine)}`,
    `Seed ${seed}, ${rounds.length} ${rounds.length === 1 ? 'round' : 'rounds'} in ${Math.round(seconds)} s; medians of the times that each was measured, of processor time the least; "bare" is the bare discord.js bot of the same run.`,
    ...tables(results).map(tableText),
    `Goals\n${goals(results).map(goalText).join('\n')}`,
    '',
  ].join('\n\n');
}

function tableText({ title, rows }: Table): string {
  const head = ['castellan', 'bare', 'ratio'].map((name) => name.padStart(12)).join('');
  return [`${title.padEnd(54)}${head}`, ...rows.map(rowText)].join('\n');
}

function rowText(row: Row): string {
  const figures = [
    figure(row.castellan, row.unit),
    figure(row.bare, row.unit),
    figure(ratio(row), '×'),
  ];
  return `  ${row.figure.padEnd(52)}${figures.map((text) => text.padStart(12)).join('')}`;
}

function figure(value: number, unit: string): string {
  if (!Number.isFinite(value)) return '–';
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  const space = unit === '' || unit === '×' || unit === '/s' ? '' : ' ';
  return `${value.toFixed(digits)}${space}${unit}`;
}

function goalText({ goal, measured, met }: Goal): string {
  return `  ${met ? 'met   ' : 'MISSED'}  ${goal}: ${figure(measured, '×')}`;
}
