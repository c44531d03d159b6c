import { createHmac, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DEMO } from '../../sandbox';
import { startCastellan, type RunningCastellan } from '../castellan/start';
import { machineLine, thisMachine } from '../measure/machine';
import { exactPercentile, median } from '../measure/percentile';
import { repeat } from './load';
import { bareKoa, bareLoop, castellan, SECRET, sourcesYaml, type Subject } from './subjects';

/** How `npm run bench -- webhooks` is used. */
export const WEBHOOKS_USAGE = `npm run bench -- webhooks [--quick] [--rounds NUMBER] [--deliveries NUMBER] [--json FILE]

Compares deliveries that Castellan accepts (verified, kept, their workflow started) with bare Koa that only
verifies and with a bare loop of signalWithStart, in turns; and prints how long one delivery blocked the event loop.
  --quick          one short round instead of three
  --rounds 3       how often each has its turn
  --deliveries 600 in each turn
  --json FILE      writes everything that was measured into a file, too
`;

const AT_ONCE = 16;
/** Of the slower of the two floors. */
const GOAL = 0.8;

interface Turn {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/**
 * Runs the benchmark of webhooks and prints what it showed. A goal that is missed is no failure.
 *
 * @param args the arguments after `webhooks`
 * @throws Error when an argument is wrong, or nothing could be measured
 */
export async function webhooks(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      deliveries: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));
  const count = Number(values.deliveries ?? (values.quick ? 200 : 600));
  if (!(rounds > 0) || !(count > 0))
    throw new Error('--rounds and --deliveries take whole numbers.');
  const machine = thisMachine();
  say('starting Castellan with its embedded parts');
  const running = await startCastellan(sourcesYaml, { WEBHOOK_SECRET: SECRET });
  const subjects: Subject[] = [];
  try {
    subjects.push(
      await bareKoa(AT_ONCE),
      bareLoop(running, DEMO.guild),
      castellan(running, DEMO.guild, AT_ONCE),
    );
    say('warming up');
    for (const { deliver } of subjects) await repeat({ count: 100, atOnce: AT_ONCE }, deliver);
    const turns = new Map<string, Turn[]>(subjects.map(({ name }) => [name, []]));
    for (let round = 1; round <= rounds; round += 1) {
      say(`round ${round} of ${rounds}`);
      for (const { name, deliver } of subjects) {
        const { times, tookMs } = await repeat({ count, atOnce: AT_ONCE }, deliver);
        turns.get(name)?.push({
          perSecond: (times.length * 1_000) / tookMs,
          p50: exactPercentile(times, 0.5),
          p99: exactPercentile(times, 0.99),
        });
      }
    }
    say('the longest deliveries');
    const blocked = await longestBlocks(running);
    const results = { machine, rounds, count, turns: Object.fromEntries(turns), blocked };
    if (values.json !== undefined) {
      writeFileSync(values.json, `${JSON.stringify(results, undefined, 2)}\n`);
    }
    process.stdout.write(
      [machineLine(machine), ...table(turns, count), ...blocks(blocked), ''].join('\n'),
    );
  } finally {
    for (const subject of subjects) await subject.close();
    await running.stop();
  }
}

function table(turns: ReadonlyMap<string, readonly Turn[]>, count: number): string[] {
  const of = (name: string, figure: keyof Turn): number =>
    median((turns.get(name) ?? []).map((turn) => turn[figure]));
  const names = [...turns.keys()];
  const lines = names.map(
    (name) =>
      `  ${name.padEnd(24)} ${of(name, 'perSecond').toFixed(0).padStart(6)}/s   p50 ${of(name, 'p50').toFixed(1).padStart(6)} ms   p99 ${of(name, 'p99').toFixed(1).padStart(6)} ms`,
  );
  const floors = names.filter((name) => name !== 'Castellan');
  const slower = Math.min(...floors.map((name) => of(name, 'perSecond')));
  const ratio = of('Castellan', 'perSecond') / slower;
  return [
    `Accepted deliveries, ${AT_ONCE} at a time, ${count} in each turn:`,
    ...lines,
    `  of the slower of the two: ${ratio.toFixed(2)} (goal: at least ${GOAL})${ratio >= GOAL ? '' : ', missed'}`,
  ];
}

interface Block {
  readonly what: string;
  readonly bytes: number;
  /** The longest that the event loop did not turn, in milliseconds. */
  readonly ms: number;
}

const blocks = (found: readonly Block[]): string[] => [
  'Longest that one delivery blocked the web server’s event loop:',
  ...found.map(
    ({ what, bytes, ms }) =>
      `  ${what.padEnd(40)} ${(bytes / 1_048_576).toFixed(1).padStart(5)} MiB  ${ms.toFixed(0).padStart(5)} ms`,
  ),
];

/** Deliveries that cost as much as any that were found: ADR 0016. */
async function longestBlocks({ web }: RunningCastellan): Promise<readonly Block[]> {
  const base = { ref: 'refs/heads/main', after: 'a'.repeat(40) };
  const repository = { id: 1, full_name: 'castle/keep' };
  const names = Array.from({ length: 600_000 }, (_, index) => `source/file-${index}.ts`);
  const commit = { id: 'a'.repeat(40), message: 'x', added: names };
  const found: Block[] = [];
  for (const [what, body] of [
    ['a push of one commit', { ...base, repository, commits: [{ ...commit, added: ['a.ts'] }] }],
    ['a push with 600,000 file names', { ...base, repository, commits: [commit] }],
    [
      'numbers in the place of commits',
      { ...base, repository, commits: Array(3_000_000).fill(1234567) },
    ],
  ] as const) {
    const text = JSON.stringify(body);
    await lag(web);
    const signature = createHmac('sha256', SECRET).update(text).digest('hex');
    const answer = await fetch(`${web}/webhooks/github/${DEMO.guild}-source-0`, {
      method: 'POST',
      body: text,
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'push',
        'x-github-delivery': randomUUID(),
        'x-hub-signature-256': `sha256=${signature}`,
      },
    });
    if (answer.status !== 202) throw new Error(`${what} was answered with ${answer.status}.`);
    found.push({ what, bytes: text.length, ms: await lag(web) });
  }
  return found;
}

/** The longest delay of the event loop since it was asked the last time, in milliseconds. */
async function lag(web: string): Promise<number> {
  const text = await (await fetch(`${web}/metrics`)).text();
  const [, seconds] =
    /^[a-z_]*nodejs_eventloop_lag_max_seconds(?:\{[^}]*\})? ([\d.e+-]+)$/m.exec(text) ?? [];
  if (seconds === undefined) throw new Error('The metrics have no delay of the event loop.');
  return Number(seconds) * 1_000;
}

function say(what: string): void {
  process.stderr.write(`bench: ${Math.round(process.uptime())} s, ${what}\n`);
}
