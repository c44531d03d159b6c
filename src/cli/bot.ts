import { readEnvironment, type Variables } from '../config/environment';
import { startBot } from '../discord/bot';
import { runService } from './run-service';

/** `castellan bot`: the process that talks with Discord. @returns the exit code */
export function bot(variables: Variables): Promise<number> {
  const environment = readEnvironment(variables, ['discord', 'database', 'temporal']);
  return runService({ name: 'bot', start: startBot, environment });
}
