import { spawn } from 'node:child_process';
import { childMessage, type ParentMessage } from '../process-messages';
import type { ProcessPlan } from './supervisor';

/** The product's own processes. */
export type ApplicationName = 'bot' | 'web' | 'worker';

/**
 * What Node.js itself is started with. A bot that was idle has the smallest young generation; when many people
 * click at once, collecting it over and over takes a third of the time in which they wait.
 */
const NODE_FLAGS: Readonly<Record<ApplicationName, readonly string[]>> = {
  bot: ['--min-semi-space-size=16'],
  web: [],
  worker: [],
};

/**
 * One of the product's own processes: this same program with another subcommand. It reports over
 * its channel when it is ready and every few seconds that it lives, and ends when the channel
 * closes, so that none survives this process.
 */
export function application(dependencies: {
  readonly name: ApplicationName;
  /** The compiled `castellan` program. */
  readonly program: string;
  /** All variables for the process; asked for at every start. */
  readonly variables: (settled: boolean) => Promise<NodeJS.ProcessEnv>;
  readonly onReady?: (addresses: Readonly<Record<string, string>>) => void;
}): ProcessPlan {
  const { name, program, variables, onReady } = dependencies;
  let heard = false;
  return {
    name,
    readyWithin: 60_000,
    probeEvery: 5_000,
    // It reports every 5 seconds; half a minute of silence is no busy moment any more.
    hungAfterProbes: 6,
    stopWithin: name === 'worker' ? 4_500 : 3_000,
    async spawn(settled) {
      const child = spawn(process.execPath, [...NODE_FLAGS[name], program, name], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        env: await variables(settled),
        // A group of its own: Ctrl-C in the terminal must reach the parent alone, which ends the
        // processes in the right order.
        detached: process.platform !== 'win32',
        windowsHide: true,
      });
      child.on('message', () => {
        heard = true;
      });
      return child;
    },
    ready: (child, signal) =>
      new Promise((resolve, reject) => {
        child.on('message', (message) => {
          const parsed = childMessage.safeParse(message).data;
          if (parsed?.type !== 'ready') return;
          heard = true;
          onReady?.(parsed.addresses);
          resolve();
        });
        signal.addEventListener('abort', () => {
          reject(new Error('It did not report that it is ready.'));
        });
      }),
    probe() {
      const alive = heard;
      heard = false;
      return alive ? Promise.resolve() : Promise.reject(new Error('It is silent.'));
    },
    askToStop(child) {
      const message: ParentMessage = { type: 'stop' };
      if (child.connected) child.send(message, () => undefined);
      else child.kill('SIGTERM');
    },
  };
}
