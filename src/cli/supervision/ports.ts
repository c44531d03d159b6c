import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Whether nobody listens on a port of an address. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ port, host, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/**
 * The preferred port if it is free, otherwise another that is. Replacements lie below 32768, where
 * no system takes the ports of its outgoing connections from, so that they stay free over a restart.
 *
 * @param taken ports that were given out already but are not listened on yet; the answer is added
 */
export async function freePort(
  preferred: number | undefined,
  taken: Set<number>,
  host = '127.0.0.1',
): Promise<number> {
  if (preferred !== undefined && !taken.has(preferred) && (await isFree(preferred, host))) {
    taken.add(preferred);
    return preferred;
  }
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = randomInt(20_000, 32_768);
    if (!taken.has(port) && (await isFree(port, host))) {
      taken.add(port);
      return port;
    }
  }
  throw new Error(`No free port was found on ${host}.`);
}
