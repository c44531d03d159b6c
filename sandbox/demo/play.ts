import { setTimeout as pause } from 'node:timers/promises';
import { EnvironmentError, withDotenv } from '../../src/config/environment';
import { connectDriver } from '../index';
import { castThePlay } from './cast';
import { playTicket } from './life-of-a-ticket';
import { Narrator } from './narrator';
import { openRecords } from './records';
import { findRunningCastellan, NothingToPlayWith } from './running-castellan';
import { sayWhatIsNext } from './what-is-next';

const USAGE = `Plays a ticket's life, step by step, against the Castellan that "npm start" runs.

  npm run demo             with pauses to read along
  npm run demo -- --fast   without pauses
`;

/** Between two paragraphs, in milliseconds. */
const BREATH = 1_200;

/** `npm run demo`. @returns the exit code */
async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.some((arg) => arg !== '--fast')) {
    process.stdout.write(USAGE);
    return args.includes('--help') ? 0 : 2;
  }
  const fast = args.includes('--fast');
  const castellan = findRunningCastellan(withDotenv(process.env, process.cwd()));
  const { stdout } = process;
  const narrator = new Narrator(stdout, {
    colours: stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '',
    breathe: () => (fast ? Promise.resolve() : pause(BREATH)),
  });
  const driver = await connectDriver(castellan.discordUrl);
  const records = openRecords(castellan.environment);
  try {
    await driver.gateway.ready();
    const cast = await castThePlay(driver, records);
    const played = await playTicket({ driver, records, cast, narrator });
    await sayWhatIsNext(narrator, castellan.environment, played);
    return 0;
  } finally {
    driver.close();
    await records.close();
  }
}

void main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const plain = error instanceof NothingToPlayWith || error instanceof EnvironmentError;
    process.stderr.write(`${plain ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
