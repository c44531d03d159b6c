import { readEnvironment, type Variables } from '../config/environment';
import { startWorker } from '../../worker/service';
import { runService } from './run-service';

/** Acknowledgements come first on a small machine: people wait for the bot, not for the worker. */
const niceness = 5;

/** `castellan worker`: the process that does the work. @returns the exit code */
export function worker(variables: Variables): Promise<number> {
  const environment = readEnvironment(variables, ['discord', 'database', 'temporal']);
  return runService({ name: 'worker', start: startWorker, environment, niceness });
}
