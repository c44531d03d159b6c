import { SetUpError, say } from '../bootstrap/say.mjs';
import { withDotenv } from './environment.mjs';

/**
 * Runs one finder for the command line: the path on stdout, or the reason on stderr and exit code 1.
 *
 * @param {(env: NodeJS.ProcessEnv) => Promise<string>} find
 */
export async function printPath(find) {
  // Ctrl-C and SIGTERM end the children and give the lock back, as an exit does.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));
  try {
    process.stdout.write(`${await find(withDotenv(process.env))}\n`);
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
