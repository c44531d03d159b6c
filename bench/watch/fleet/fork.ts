import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Fleet } from './fleet';
import { reportSchema, type Order, type Report } from './messages';

/** Compiled it lies beside this file; there is no fleet in a process of its own without compiling. */
const PROGRAM = join(__dirname, 'program.js');

/** Starts a fleet in a process of its own, so that its work is not counted with that of whoever probes it. */
export async function forkFleet(seed: number, servers: number): Promise<Fleet> {
  const child = fork(PROGRAM);
  const started = await ask(child, { type: 'start', seed, servers });
  if (started.type !== 'started') throw new Error('The fleet did not start.');
  return {
    peers: started.peers,
    async servedMs() {
      const served = await ask(child, { type: 'tell-served' });
      return served.type === 'served' ? served.servedMs : [];
    },
    async stop() {
      const ended = once(child, 'exit');
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

async function ask(child: ChildProcess, order: Order): Promise<Report> {
  const answered = once(child, 'message');
  const ended = once(child, 'exit').then(() => []);
  child.send(order);
  const [message] = await Promise.race([answered, ended]);
  if (message === undefined) throw new Error('The fleet ended.');
  return reportSchema.parse(message);
}
