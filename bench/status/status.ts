import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import type { Knex } from 'knex';
import { thisMachine } from '../measure/machine';
import { exactPercentile } from '../measure/percentile';
import { residentMemory } from '../measure/processes';
import { startCastle, type Castle } from './castle';
import { seedCommunity } from './community';
import { atOnce, atRate, type Load } from './load';
import {
  NEWS_EVERY_MS,
  PAGE,
  printed,
  SUBJECTS,
  subjects,
  type Figures,
  type Plan,
  type Subject,
} from './results';

/** How `npm run bench -- status` is used. */
export const STATUS_USAGE = `npm run bench -- status [--quick] [--servers NUMBER] [--rate NUMBER] [--json FILE]

Compares the status page of 200 servers with 90 days with a static file of the same web server, in turns.
  --quick        one short round, within a minute and a half, instead of three of two minutes
  --servers 200  how many servers the page has
  --rate 100     requests a second
  --json FILE    writes everything that was measured into a file, too
`;

const FULL: Plan = { rounds: 3, lastsMs: 30_000, visitors: 1_000 };
const NEWS_WHILE_WARMING_MS = 1_000;
/** How long each is asked for in its turn. */
const TURN_MS = 2_000;
const QUICK: Plan = { rounds: 1, lastsMs: 6_000, visitors: 200 };

/**
 * Runs the benchmark of the status page and prints what it showed. Goals that are missed are no failure.
 *
 * @param args the arguments after `status`
 * @throws Error when an argument is wrong, or nothing could be measured
 */
export async function status(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      servers: { type: 'string', default: '200' },
      rate: { type: 'string', default: '100' },
      json: { type: 'string' },
    },
  });
  const [servers, perSecond] = [
    wholeNumber('--servers', values.servers),
    wholeNumber('--rate', values.rate),
  ];
  const plan = values.quick ? QUICK : FULL;
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => {
      stopping.abort();
    });
  }
  const { signal } = stopping;
  const machine = thisMachine();
  say('starting PostgreSQL and the web server');
  const castle = await startCastle(signal);
  try {
    say(`making up ${servers} servers with 90 days`);
    await seedCommunity(castle.database, {
      servers,
      now: Date.now(),
      name: 'Kestrel Keep',
      withFigures: 1,
    });
    const pace = { everyMs: NEWS_WHILE_WARMING_MS };
    const news = keepMoving(castle.database, pace, signal);
    say('warming up');
    await warmUp(castle, perSecond, signal);
    pace.everyMs = NEWS_EVERY_MS;
    const rounds = await measure(castle, { ...plan, perSecond, signal });
    say(`${plan.visitors} visitors at once`);
    const crowd = await atOnce(`${castle.url}${PAGE}`, plan.visitors);
    const memory = residentMemory({ pid: castle.webPid, children: false });
    stopping.abort();
    await news;
    const results = { machine, servers, perSecond, plan, rounds, crowd: figures(crowd), memory };
    if (values.json !== undefined) {
      writeFileSync(values.json, `${JSON.stringify(results, undefined, 2)}\n`);
    }
    process.stdout.write(printed(results));
  } finally {
    await castle.stop();
  }
}

/** A page is fast once it was made some ten times; a server in use has made it thousands of times. */
async function warmUp(castle: Castle, perSecond: number, signal: AbortSignal): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) {
    for (const subject of subjects) {
      const url = `${castle.url}${SUBJECTS[subject]}`;
      await atRate(url, { perSecond, lastsMs: subject === 'page' ? 6_000 : 500, signal });
    }
  }
}

async function measure(
  castle: Castle,
  { rounds, lastsMs, perSecond, signal }: Plan & { perSecond: number; signal: AbortSignal },
): Promise<Record<Subject, Figures>[]> {
  const load = (subject: Subject, forMs: number): Promise<Load> =>
    atRate(`${castle.url}${SUBJECTS[subject]}`, { perSecond, lastsMs: forMs, signal });
  const measured: Record<Subject, Figures>[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    say(`round ${round} of ${rounds}`);
    const loads = new Map<Subject, Load>();
    // Short turns: what else happens on the machine meets all of them alike.
    for (let spent = 0; spent < lastsMs; spent += TURN_MS) {
      for (const subject of subjects) {
        loads.set(subject, both(loads.get(subject) ?? NOTHING, await load(subject, TURN_MS)));
      }
    }
    const of = (subject: Subject): Figures => figures(loads.get(subject) ?? NOTHING);
    measured.push({
      'static file': of('static file'),
      page: of('page'),
      'page of a server': of('page of a server'),
      'JSON of the page': of('JSON of the page'),
    });
  }
  return measured;
}

const both = (one: Load, other: Load): Load => ({
  times: [...one.times, ...other.times],
  failures: one.failures + other.failures,
  bytes: other.bytes,
});

const NOTHING: Load = { times: [], failures: 0, bytes: 0 };

const figures = ({ times, failures, bytes }: Load): Figures => ({
  p50: exactPercentile(times, 0.5),
  p99: exactPercentile(times, 0.99),
  failures,
  bytes,
});

/** Gives every server new players and a new check now and then, as the rounds of the worker do. */
async function keepMoving(
  database: Knex,
  pace: { readonly everyMs: number },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await database.raw(
      `update server_states set version = version + 1, checked_at = now(), state = state || jsonb_build_object(
         'checkedAt', (extract(epoch from now()) * 1000)::bigint,
         'asOf', (extract(epoch from now()) * 1000)::bigint,
         'lastAnswer', state -> 'lastAnswer' || jsonb_build_object('players', floor(random() * 100)))`,
    );
    await pause(pace.everyMs, undefined, { signal }).catch(() => undefined);
  }
}

function say(what: string): void {
  process.stderr.write(`bench: ${Math.round(process.uptime())} s, ${what}\n`);
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new Error(`${name} is a whole number from 1 on, such as 100.`);
  }
  return value;
}
