import { readEnvironment, type Variables } from '../config/environment';
import { runService } from './run-service';
import type { StartService } from './service';

/** `castellan web`: the web server. @returns the exit code */
export function web(variables: Variables): Promise<number> {
  const environment = readEnvironment(variables, ['discord', 'database', 'temporal']);
  // Loaded only now: a wrong variable is told at once, and signals are heard while it loads.
  const start: StartService = async (dependencies) =>
    (await import('../web/service.js')).startWeb(dependencies);
  return runService({ name: 'web', start, environment });
}
