import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { tellsOfProcesses } from '../measure/processes';
import { benchmark } from './benchmark';
import { FULL, QUICK, TURNS, type Plan, type TurnName } from './plan';
import { printed } from './print';
import { goals, tables } from './summary';

/** How `npm run bench -- tickets` is used. */
export const USAGE = `npm run bench -- tickets [--quick] [--only TURNS] [--rounds NUMBER] [--seed NUMBER] [--json FILE]

Compares opening a ticket with a bare discord.js bot in the same run, on the local Discord.
  --quick        a look within about a minute, instead of about twenty
  --only TURNS   measures these only, separated by commas: ${TURNS.join(', ')}
  --rounds NUMBER  how often the two sides take turns
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
      only: { type: 'string' },
      rounds: { type: 'string' },
      seed: { type: 'string' },
      json: { type: 'string' },
    },
  });
  if (!tellsOfProcesses()) {
    throw new Error('This system has no /proc, which tells what processes use: measure on Linux.');
  }
  const seed = values.seed === undefined ? randomInt(1_000_000) : Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw new Error('--seed is a whole number, such as 7.');
  const plan = chosen(values.quick ? QUICK : FULL, values);
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      stopping.abort();
    });
  }
  const results = await benchmark({
    plan,
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

/** @throws Error for a turn that does not exist, and for a number of rounds that is none */
function chosen(plan: Plan, options: { readonly only?: string; readonly rounds?: string }): Plan {
  const { only, rounds } = options;
  const count = rounds === undefined ? plan.rounds : Number(rounds);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new Error('--rounds is a number, such as 3.');
  const turns = only === undefined ? plan.turns : only.split(',').map(turnNamed);
  return { ...plan, turns, rounds: count };
}

function turnNamed(name: string): TurnName {
  const found = TURNS.find((turn) => turn === name);
  if (found !== undefined) return found;
  throw new Error(`--only knows no "${name}", but ${TURNS.join(', ')}.`);
}
