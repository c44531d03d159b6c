import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { connectDriver, type Driver } from '../../sandbox';

/** A local Discord that runs as a process of its own, with a world of its own. */
export interface DiscordProcess {
  readonly driver: Driver;
  /** What goes into DISCORD_API_URL. */
  readonly api: string;
  readonly token: string;
  stop(): Promise<void>;
}

const PROGRAM = join(__dirname, '..', '..', 'sandbox', 'server', 'main.js');
const announcement = z.object({ url: z.string(), api: z.string(), token: z.string() });

/** Starts a local Discord with the demo guild, without rate limits; it ends with this process. */
export async function startDiscord(): Promise<DiscordProcess> {
  const child = spawn(process.execPath, [PROGRAM, '--limits', 'off', '--parent-watch'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([first]: unknown[]) => first),
    ended.then(() => undefined),
  ]);
  if (typeof line !== 'string') throw new Error('The local Discord did not start.');
  const { url, api, token } = announcement.parse(JSON.parse(line));
  const driver = await connectDriver(url);
  return {
    driver,
    api,
    token,
    async stop() {
      driver.close();
      child.kill('SIGTERM');
      await ended;
    },
  };
}
