import { readEnvironment, type Variables } from '../config/environment';
import { runService } from './run-service';
import type { StartService } from './service';

/** Acknowledgements come first on a small machine: people wait for the bot, not for the worker. */
const niceness = 5;

/** `castellan worker`: the process that does the work. @returns the exit code */
export function worker(variables: Variables): Promise<number> {
  const environment = readEnvironment(variables, ['discord', 'database', 'temporal']);
  // Loaded only now: a wrong variable is told at once, and signals are heard while it loads.
  const start: StartService = async (dependencies) => {
    const [{ startWorker }, { logThroughOurs }] = await Promise.all([
      import('../../worker/service.js'),
      import('../../worker/sdk-log.js'),
    ]);
    logThroughOurs(dependencies.log);
    return startWorker(dependencies);
  };
  return runService({ name: 'worker', start, environment, niceness });
}
