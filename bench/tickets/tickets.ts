import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { tellsOfProcesses } from '../measure/processes';
import { benchmark } from './benchmark';
import { FULL, QUICK } from './plan';
import { printed } from './print';
import { goals, tables } from './summary';

/** How `npm run bench -- tickets` is used. */
export const USAGE = `npm run bench -- tickets [--quick] [--seed NUMBER] [--json FILE]

Compares opening a ticket with a bare discord.js bot in the same run, on the local Discord.
  --quick        a look within about a minute, instead of up to ten
  --seed NUMBER  the order of the people who open tickets, as an earlier run printed it
  --json FILE    writes everything that was measured into a file, too
`;

/**
 * Runs the benchmark of tickets and prints what it showed. Goals that are missed are no failure.
 *
 * @param args the arguments after `tickets`
 * @throws Error when an argument is wrong, or nothing could be measured
 */
export async function tickets(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      seed: { type: 'string' },
      json: { type: 'string' },
    },
  });
  if (!tellsOfProcesses()) {
    throw new Error('This system has no /proc, which tells what processes use: measure on Linux.');
  }
  const seed = values.seed === undefined ? randomInt(1_000_000) : Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw new Error('--seed is a whole number, such as 7.');
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      stopping.abort();
    });
  }
  const results = await benchmark({
    plan: values.quick ? QUICK : FULL,
    seed,
    say: (what) => process.stderr.write(`bench: ${Math.round(process.uptime())} s, ${what}\n`),
    signal: stopping.signal,
  });
  if (values.json !== undefined) {
    const everything = { ...results, tables: tables(results), goals: goals(results) };
    writeFileSync(values.json, `${JSON.stringify(everything, undefined, 2)}\n`);
  }
  process.stdout.write(printed(results));
}
