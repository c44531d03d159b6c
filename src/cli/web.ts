import { readEnvironment, type Variables } from '../config/environment';
import { startWeb } from '../web/service';
import { runService } from './run-service';

/** `castellan web`: the web server. @returns the exit code */
export function web(variables: Variables): Promise<number> {
  const environment = readEnvironment(variables, ['discord', 'database', 'temporal']);
  return runService({ name: 'web', start: startWeb, environment });
}
