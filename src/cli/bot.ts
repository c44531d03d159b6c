import { readEnvironment, type Variables } from '../config/environment';
import { runService } from './run-service';
import type { StartService } from './service';

/** `castellan bot`: the process that talks with Discord. @returns the exit code */
export function bot(variables: Variables): Promise<number> {
  const environment = readEnvironment(variables, ['discord', 'database', 'temporal']);
  // Loaded only now: a wrong variable is told at once, and signals are heard while it loads.
  const start: StartService = async (dependencies) =>
    (await import('../discord/bot.js')).startBot(dependencies);
  return runService({ name: 'bot', start, environment });
}
