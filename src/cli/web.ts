import { EnvironmentError, readEnvironment, type Variables } from '../config/environment';
import { runService } from './run-service';
import type { StartService } from './service';

/** `castellan web`: the web server. @returns the exit code */
export function web(variables: Variables): Promise<number> {
  const environment = readEnvironment(variables, ['discord', 'database', 'temporal']);
  // Loaded only now: a wrong variable is told at once, and signals are heard while it loads.
  const start: StartService = async (dependencies) => {
    const { startWeb } = await import('../web/service.js');
    try {
      return await startWeb(dependencies);
    } catch (error) {
      // `castellan all` found the port free a moment ago. It looks again, and says so itself where
      // the port was asked for.
      if (process.channel && error instanceof EnvironmentError)
        throw new Error(error.message, { cause: error });
      throw error;
    }
  };
  return runService({ name: 'web', start, environment });
}
