import {
  defaultDiscordApiUrl,
  readEnvironment,
  type Environment,
  type Variables,
} from '../../src/config/environment';
import { dataLockHolder } from '../../src/cli/supervision/data-lock';
import { readRunState } from '../../src/cli/supervision/run-record';

/** A Castellan that runs on this machine with the local Discord. */
export interface RunningCastellan {
  /** How all of its parts are reached. */
  readonly environment: Environment;
  /** The local Discord, such as `http://127.0.0.1:4000`. */
  readonly discordUrl: string;
}

/** There is nothing to play with; the message says why, and what to do. */
export class NothingToPlayWith extends Error {
  override readonly name = 'NothingToPlayWith';
}

/**
 * Finds the Castellan that was started with `npm start` on the same data directory.
 *
 * @param variables the demo's own environment, `.env` included
 * @throws NothingToPlayWith, EnvironmentError
 */
export function findRunningCastellan(variables: Variables): RunningCastellan {
  const { dataDir } = readEnvironment(variables);
  const { variables: known } = readRunState(dataDir);
  if (dataLockHolder(dataDir) === undefined) {
    throw new NothingToPlayWith(
      `No Castellan is running on the data in ${dataDir}.\n` +
        'Start it in another terminal and wait for the line "castellan is ready":\n\n' +
        '  npm start\n\n' +
        'If it runs with a CASTELLAN_DATA_DIR of its own, give the demo the same one.',
    );
  }
  if (known['PUBLIC_URL'] === undefined) {
    throw new NothingToPlayWith(
      `The Castellan on the data in ${dataDir} is still starting.\n` +
        'Wait for its line "castellan is ready", then try again.',
    );
  }
  const discordUrl = known['DISCORD_URL'];
  const environment = readEnvironment({ ...variables, ...known });
  if (discordUrl === undefined) {
    const where = environment.discord?.apiUrl ?? defaultDiscordApiUrl;
    throw new NothingToPlayWith(
      `This Castellan works for real people: it is logged in at ${where}.\n` +
        'The demo plays people, which only the local Discord allows. Start a second Castellan for\n' +
        'it, with data of its own, and with DISCORD_TOKEN and CASTELLAN_CONFIG neither set nor in\n' +
        'the file .env:\n\n' +
        '  CASTELLAN_DATA_DIR=.castellan-demo npm start\n' +
        '  CASTELLAN_DATA_DIR=.castellan-demo npm run demo',
    );
  }
  return { environment, discordUrl };
}
