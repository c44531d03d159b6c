import { randomBytes } from 'node:crypto';
import { readEnvironment } from '../../../src/config/environment';
import { createLogger } from '../../../src/observability/logger';
import { startWeb } from '../../../src/web/service';
import { formatSecret } from '../../../src/config/webhook-secret';

/** The variable that holds the plugin's secret. */
export const SECRET_VARIABLE = 'GAME_SECRET_SURVIVAL';

/** The web process, for a game server's plugin. */
export interface GameWeb {
  /** Where it is, without a slash at the end. */
  readonly url: string;
  /** The game server's; it stands in SECRET_VARIABLE. */
  readonly key: Buffer;
  stop(): Promise<void>;
}

/** @param variables of the processes that it belongs to */
export async function startGameWeb(variables: Readonly<Record<string, string>>): Promise<GameWeb> {
  const key = randomBytes(32);
  const log = createLogger({
    level: 'fatal',
    name: 'web',
    readable: false,
    destination: process.stderr,
  });
  const environment = readEnvironment({ ...variables, [SECRET_VARIABLE]: formatSecret(key) }, [
    'discord',
    'database',
    'temporal',
  ]);
  const service = await startWeb({ environment, log });
  return { url: service.addresses.http ?? '', key, stop: () => service.stop() };
}
