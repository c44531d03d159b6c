import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../chance';

/** A game server that can be started and stopped. */
export interface Goings {
  readonly isUp: boolean;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** For how long a server was up and down, in milliseconds, and how often it went down. */
export interface Attendance {
  readonly upMs: number;
  readonly downMs: number;
  readonly outages: number;
}

/**
 * Stops and starts a server, so that it is down half of the time, until the signal is aborted. It is up at the
 * beginning and afterwards.
 */
export async function comeAndGo(
  server: Goings,
  chance: Chance,
  turnMs: readonly [least: number, most: number],
  signal: AbortSignal,
): Promise<Attendance> {
  const spent = { up: 0, down: 0 };
  let outages = 0;
  let since = performance.now();
  const turn = (): void => {
    const now = performance.now();
    spent[server.isUp ? 'up' : 'down'] += now - since;
    since = now;
  };
  for (;;) {
    const wait = pause(chance.between(...turnMs), 'on', { signal, ref: false });
    const what = await wait.catch(() => 'over');
    turn();
    if (what === 'over') break;
    if (server.isUp) {
      outages += 1;
      await server.stop();
    } else await server.start();
  }
  await server.start();
  return { upMs: spent.up, downMs: spent.down, outages };
}
