import { machineLine, type Machine } from '../measure/machine';
import { median } from '../measure/percentile';

export interface Plan {
  readonly rounds: number;
  readonly lastsMs: number;
  readonly visitors: number;
}

/** So often every server has new figures: the page is another one each time. */
export const NEWS_EVERY_MS = 15_000;

export const PAGE = '/status/kestrel-keep';

/** What is asked for in turns. */
export const SUBJECTS = {
  'static file': '/assets/status.css',
  page: PAGE,
  'page of a server': `${PAGE}/server-1`,
  'JSON of the page': `${PAGE}.json`,
} as const;
export type Subject = keyof typeof SUBJECTS;

export interface Figures {
  readonly p50: number;
  readonly p99: number;
  readonly failures: number;
  readonly bytes: number;
}

export const subjects: readonly Subject[] = [
  'static file',
  'page',
  'page of a server',
  'JSON of the page',
];

export interface Results {
  readonly machine: Machine;
  readonly servers: number;
  readonly perSecond: number;
  readonly plan: Plan;
  readonly rounds: readonly Record<Subject, Figures>[];
  readonly crowd: Figures;
  /** MiB of the web server. */
  readonly memory: number;
}

/** The results as text for a terminal. */
export function printed({
  machine,
  servers,
  perSecond,
  plan,
  rounds,
  crowd,
  memory,
}: Results): string {
  const of = (subject: Subject, figure: keyof Figures): number =>
    median(rounds.map((round) => round[subject][figure]));
  const rows = subjects.map((subject) =>
    [
      `  ${subject.padEnd(20)}`,
      `${of(subject, 'p50').toFixed(2)} ms`.padStart(10),
      `${of(subject, 'p99').toFixed(2)} ms`.padStart(10),
      `${(of(subject, 'p99') / of('static file', 'p99')).toFixed(2)} ×`.padStart(10),
      `${(of(subject, 'bytes') / 1_000).toFixed(1)} KB`.padStart(12),
      String(of(subject, 'failures')).padStart(10),
    ].join(''),
  );
  const ratio = of('page', 'p99') / of('static file', 'p99');
  return [
    `Machine: ${machineLine(machine)}`,
    `${servers} servers with 90 days, ${perSecond} requests a second, ${plan.rounds} rounds of ${plan.lastsMs / 1_000} s; medians of the rounds. Every server changes every ${NEWS_EVERY_MS / 1_000} s.`,
    [
      `  ${''.padEnd(20)}${'p50'.padStart(10)}${'p99'.padStart(10)}${'p99 ratio'.padStart(10)}${'over the wire'.padStart(14)}${'failed'.padStart(8)}`,
      ...rows,
    ].join('\n'),
    `${plan.visitors} visitors at once: half of them have it after ${crowd.p50.toFixed(0)} ms, 99 % after ${crowd.p99.toFixed(0)} ms, ${crowd.failures} failed. The web server holds ${memory.toFixed(0)} MiB.`,
    `Goals\n  ${ratio <= 3 ? 'met   ' : 'MISSED'}  the page's p99 at most 3 times the static file's: ${ratio.toFixed(2)} ×`,
    '',
  ].join('\n\n');
}
