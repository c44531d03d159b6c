import { readEnvironment, type Environment, type Variables } from '../config/environment';
import { withoutSecrets } from '../observability/redaction';
import { examineData } from './doctor/data';
import type { Examination, Finding } from './doctor/finding';
import { reasonOf } from './doctor/finding';
import { examineService } from './doctor/services';
import { exitCodes } from './exit-codes';
import { readHeartbeat } from './heartbeat';
import { dataLockHolder } from './supervision/data-lock';
import { readRunState } from './supervision/run-record';

/** Each part's code is loaded only when it is examined: a health check runs every few seconds. */
const examinations = {
  environment: () =>
    Promise.resolve([{ ok: true, text: 'Every variable that is set has the right form' }]),
  data: examineData,
  database: async (environment) =>
    (await import('./doctor/database.js')).examineDatabase(environment),
  temporal: async (environment) =>
    (await import('./doctor/temporal.js')).examineTemporal(environment),
  discord: async (environment) => (await import('./doctor/discord.js')).examineDiscord(environment),
  storage: async (environment) => (await import('./doctor/storage.js')).examineStorage(environment),
  bot: examineService('bot'),
  web: examineService('web'),
  worker: examineService('worker'),
} as const satisfies Record<string, Examination>;

/** Something that the doctor can look at alone. */
export type Part = keyof typeof examinations;

const parts = Object.keys(examinations).filter(isPart);

/** Whether a word names a part. */
export function isPart(word: string | undefined): word is Part {
  return word !== undefined && Object.hasOwn(examinations, word);
}

/**
 * `castellan doctor`: reaches every part and prints a line for each finding: that it is well, or
 * what is wrong and how to mend it. Embedded parts are reached through the Castellan that runs them.
 *
 * @param only the parts to look at; none: all, but of the processes those that run here
 * @returns the exit code: 1 if anything is wrong
 * @throws EnvironmentError when the variables themselves are wrong
 */
export async function doctor(variables: Variables, only: readonly Part[]): Promise<number> {
  const environment = withRunningParts(readEnvironment(variables), variables);
  const chosen = only.length > 0 ? only : parts.filter((part) => isWorthLooking(part, environment));
  const findings = await Promise.all(
    chosen.map(async (part) => ({ part, found: await examine(part, environment) })),
  );
  for (const { part, found } of findings) {
    for (const { ok, text } of found) {
      process.stdout.write(`${ok ? 'ok  ' : 'ILL '} ${part}: ${withoutSecrets(text)}\n`);
    }
  }
  const allWell = findings.every(({ found }) => found.every(({ ok }) => ok));
  return allWell ? exitCodes.clean : exitCodes.failed;
}

async function examine(part: Part, environment: Environment): Promise<Finding[]> {
  try {
    return await examinations[part](environment);
  } catch (error) {
    return [{ ok: false, text: `It cannot be examined: ${reasonOf(error)}` }];
  }
}

/** If a `castellan all` runs on the data directory, its embedded parts are examined as they are. */
function withRunningParts(environment: Environment, variables: Variables): Environment {
  if (!dataLockHolder(environment.dataDir)) return environment;
  return readEnvironment({ ...readRunState(environment.dataDir).variables, ...variables });
}

function isWorthLooking(part: Part, { dataDir }: Environment): boolean {
  const isService = part === 'bot' || part === 'web' || part === 'worker';
  return !isService || readHeartbeat(dataDir, part) !== undefined;
}
