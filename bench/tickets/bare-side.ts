import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DEMO } from '../../sandbox';
import { startDiscord } from './discord-process';
import type { Side } from './side';

const PROGRAM = join(__dirname, 'bare-bot.js');
/** What it may take until a bot has heard of the last deletion, in milliseconds. */
const HEARD_WITHIN_MS = 500;

/** Starts the bare bot on a local Discord of its own. */
export async function startBareSide(): Promise<Side> {
  const discord = await startDiscord();
  const child = fork(PROGRAM, [], {
    env: {
      PATH: process.env.PATH ?? '',
      BARE_TOKEN: discord.token,
      BARE_API_URL: discord.api,
      // The same roles that the product's configuration lets into a channel.
      BARE_STAFF_ROLES: [DEMO.roles.owner, DEMO.roles.moderator].join(','),
    },
  });
  const ended = once(child, 'exit');
  const message = await Promise.race([once(child, 'message'), ended.then(() => undefined)]);
  if (message === undefined || child.pid === undefined) {
    throw new Error('The bare bot did not start.');
  }
  return {
    name: 'bare',
    driver: discord.driver,
    own: new Map([['bot', { pid: child.pid, children: false }]]),
    servers: new Map(),
    others: new Map(),
    aftermathMs: 500,
    actions: () => Promise.resolve(new Map()),
    untilForgotten: () => pause(HEARD_WITHIN_MS),
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await discord.stop();
    },
  };
}
