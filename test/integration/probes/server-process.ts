import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** A server in a process of its own. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = once(child, 'exit');
  }

  /**
   * @param isReady tells the line of its output with which it is ready
   * @throws Error with the last it said, when it ends before
   */
  static async start(
    command: string,
    args: readonly string[],
    cwd: string,
    isReady: (line: string) => boolean,
  ): Promise<ServerProcess> {
    const child = spawn(command, args, { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
    const server = new ServerProcess(child);
    const said: string[] = [];
    const ready = new Promise<void>((resolve) => {
      for (const output of [child.stdout, child.stderr]) {
        createInterface({ input: output }).on('line', (line) => {
          said.push(line);
          said.splice(0, said.length - 20);
          if (isReady(line)) resolve();
        });
      }
    });
    const failed = server.#ended.then(() => {
      throw new Error(`The server ended:\n${said.join('\n')}`);
    });
    await Promise.race([ready, failed]);
    failed.catch(() => undefined);
    return server;
  }

  /** It stays where it is: its port is open, and nobody answers there. */
  async freeze(): Promise<void> {
    this.#child.kill('SIGSTOP');
    // Each of its threads stops by itself, some time after the signal.
    while (!hasStopped(this.#child.pid ?? 0)) await nextTurn();
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}

/** Whether all threads stand still (man 5 proc_pid_stat); where there is no /proc, nobody can tell. */
function hasStopped(pid: number): boolean {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(tasks)) return true;
  return readdirSync(tasks).every((task) => {
    const stat = readFileSync(`${tasks}/${task}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T');
  });
}

/** A port where nothing listens yet. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const closed = once(server, 'close');
  server.close();
  await closed;
  return typeof address === 'object' && address !== null ? address.port : 0;
}
