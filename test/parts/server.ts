import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Watchdog } from './watchdog';

const POLL_MS = 25;
const START_LIMIT_MS = 60_000;
const TRIES = 3;

/** Where the servers' files lie, and who ends them. */
export interface Surroundings {
  /** A temporary folder, removed at the end. */
  readonly folder: string;
  readonly watchdog: Watchdog;
}

/** How one server is started. */
export interface ServerPlan {
  /** Names it in messages and its log file. */
  readonly name: string;
  /** How many free ports it needs. */
  readonly ports: number;
  /** The program and its arguments, given the ports. */
  command(ports: readonly number[]): { readonly program: string; readonly args: string[] };
  /** Whether it answers already. */
  ready(ports: readonly number[]): Promise<boolean>;
  /** How it is ended. */
  readonly signal: NodeJS.Signals;
  /** The user to run as, when that is not the own one. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/**
 * Starts a server on free ports and waits until it answers.
 *
 * @returns the ports, in the plan's order
 * @throws Error with the end of its log when it does not come up
 */
export async function startServer(plan: ServerPlan, around: Surroundings): Promise<number[]> {
  for (let attempt = 1; ; attempt += 1) {
    const ports = await freePorts(plan.ports);
    const log = path.join(around.folder, `${plan.name}.log`);
    const problem = await attemptStart(plan, ports, log, around.watchdog);
    if (problem === undefined) return ports;
    // A port may have been taken between our look and the server's start.
    if (attempt === TRIES) {
      const end = readFileSync(log, 'utf8').split('\n').slice(-20).join('\n');
      throw new Error(`${plan.name} ${problem}. The end of its log:\n${end}`);
    }
  }
}

async function attemptStart(
  plan: ServerPlan,
  ports: readonly number[],
  log: string,
  watchdog: Watchdog,
): Promise<string | undefined> {
  const { program, args } = plan.command(ports);
  const output = openSync(log, 'a');
  const child = spawn(program, args, {
    stdio: ['ignore', output, output],
    // Not in our process group: Ctrl-C reaches it through the watchdog, in good order.
    detached: true,
    ...plan.user,
  });
  closeSync(output);
  child.unref();
  let ended: string | undefined;
  child.once('error', (error) => (ended = `could not be started (${error.message})`));
  child.once('exit', (code, signal) => {
    ended = `ended with ${signal ?? `code ${code ?? 'unknown'}`}`;
    if (child.pid !== undefined) watchdog.forget(child.pid);
  });
  if (child.pid !== undefined) watchdog.watch(child.pid, plan.signal);
  const limit = Date.now() + START_LIMIT_MS;
  while (Date.now() < limit) {
    if (ended !== undefined) return ended;
    if (await plan.ready(ports)) return undefined;
    await pause(POLL_MS);
  }
  child.kill('SIGKILL');
  return `did not answer within ${START_LIMIT_MS / 1000} s`;
}

/** Distinct TCP ports of 127.0.0.1 that nobody listened on just now. */
async function freePorts(count: number): Promise<number[]> {
  const listeners = await Promise.all(Array.from({ length: count }, listenAnywhere));
  const ports = listeners.map(({ port }) => port);
  await Promise.all(listeners.map(({ close }) => close()));
  return ports;
}

function listenAnywhere(): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') {
        reject(new Error('A TCP listener has no port.'));
        return;
      }
      const close = () =>
        new Promise<void>((closed) => {
          server.close(() => {
            closed();
          });
        });
      resolve({ port: address.port, close });
    });
  });
}

/** Whether somebody accepts connections on a port of 127.0.0.1. */
export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
