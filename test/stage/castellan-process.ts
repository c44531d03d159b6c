import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { childMessage } from '../../src/cli/process-messages';

const PROGRAM = join(__dirname, '..', '..', 'dist', 'bin', 'castellan.js');

/** How much of a process's output is kept to explain a failure, in characters. */
const KEPT_OUTPUT = 20_000;

/** One process of the built product, as an operator runs it: `castellan bot`, `castellan worker` … */
export class CastellanProcess {
  private child: ChildProcess | undefined;
  private ended: Promise<unknown> = Promise.resolve();
  private text = '';

  constructor(
    readonly subcommand: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {
    if (!existsSync(PROGRAM)) throw new Error('The product is not built. Run: npm run build');
  }

  /** Starts it, or starts it anew; resolves when it says that it is ready. */
  async start(): Promise<void> {
    const child = fork(PROGRAM, [this.subcommand], {
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...this.environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    this.ended = once(child, 'exit');
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.text = (this.text + chunk).slice(-KEPT_OUTPUT);
      });
    }
    await new Promise<void>((resolve, reject) => {
      child.on('message', (message) => {
        if (childMessage.safeParse(message).data?.type === 'ready') resolve();
      });
      child.once('exit', (code, signal) => {
        reject(
          new Error(`castellan ${this.subcommand} ended (${code ?? signal ?? '?'}):\n${this.text}`),
        );
      });
    });
  }

  /** As a crash does: SIGKILL, nothing is finished. Resolves when it is gone. */
  async kill(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.ended;
  }

  /** As an operator does: SIGTERM. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.child?.kill('SIGTERM');
    await this.ended;
  }

  /** The end of what it wrote. */
  get output(): string {
    return this.text;
  }
}
