import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchmark } from './benchmark';
import { FULL, QUICK, type Plan } from './plan';
import { goals, printed } from './print';
import { SUBJECTS } from './subject';

/** How `npm run bench -- watch` is used. */
export const WATCH_USAGE = `npm run bench -- watch [--quick] [--servers NUMBERS] [--rounds NUMBER] [--whole NUMBER] [--seed NUMBER] [--only NAMES] [--json FILE]

Checks fleets of 10, 100 and 1,000 game servers on loopback, most of them hostile, with Castellan's probe,
a bare status reader (the floor), minecraft-server-util, gamedig and mcstatus in the same run.
  --quick        10 and 100 servers once, within a minute, instead of three rounds of each
  --servers 10,100,1000
  --rounds 3     how large the fleets are, and how often each is checked by everybody
  --whole 5      how many rounds all of Castellan watches the largest fleet; 0: none
  --endure 1000  for how many rounds it is seen whether memory grows; 0: none
  --seed NUMBER  the fleet, as an earlier run printed it
  --only NAMES   some of ${SUBJECTS.join(', ')}; with commas between them
  --json FILE    writes everything that was measured into a file, too
`;

/**
 * Runs the benchmark of watching and prints what it showed. Goals that are missed are no failure.
 *
 * @param args the arguments after `watch`
 * @throws Error when an argument is wrong, or nothing could be measured
 */
export async function watch(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      servers: { type: 'string' },
      rounds: { type: 'string' },
      whole: { type: 'string' },
      endure: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const seed = wholeNumber('--seed', values.seed) ?? randomInt(1_000_000);
  const only = values.only?.split(',');
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      stopping.abort();
    });
  }
  const results = await benchmark({
    plan: planOf(values.quick ? QUICK : FULL, values),
    seed,
    subjects: SUBJECTS.filter((name) => only?.includes(name) ?? true),
    say: (what) => process.stderr.write(`bench: ${Math.round(process.uptime())} s, ${what}\n`),
    signal: stopping.signal,
  });
  if (values.json !== undefined) {
    const everything = { ...results, goals: goals(results) };
    writeFileSync(values.json, `${JSON.stringify(everything, undefined, 2)}\n`);
  }
  process.stdout.write(printed(results));
}

interface Sizes {
  readonly servers?: string | undefined;
  readonly rounds?: string | undefined;
  readonly whole?: string | undefined;
  readonly endure?: string | undefined;
}

function planOf(plan: Plan, { servers, rounds, whole, endure }: Sizes): Plan {
  const sizes = servers?.split(',').map((size) => wholeNumber('--servers', size) ?? 0);
  return {
    ...plan,
    sizes: sizes ?? plan.sizes,
    rounds: wholeNumber('--rounds', rounds) ?? plan.rounds,
    wholeRounds: wholeNumber('--whole', whole) ?? plan.wholeRounds,
    enduredRounds: wholeNumber('--endure', endure) ?? plan.enduredRounds,
  };
}

function wholeNumber(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value)) throw new Error(`${option} takes whole numbers, such as 7.`);
  return Number(value);
}
