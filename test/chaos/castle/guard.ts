import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** How often it looks for new processes, in milliseconds. */
const LOOK_MS = 500;
/** What ends processes and removes folders when its standard input closes, and how it is told of them. */
const WATCHDOG = path.resolve(__dirname, '..', '..', 'parts', 'watchdog-process.mjs');

/** Sees to it that no process and no file is left behind if the test's own process is killed. */
export class Guard {
  private readonly watchdog: ChildProcess;
  private readonly watched = new Set<number>();
  private timer: NodeJS.Timeout | undefined;

  /** @param folder removed at the end */
  constructor(folder: string) {
    this.watchdog = spawn(process.execPath, [WATCHDOG], {
      stdio: ['pipe', 'ignore', 'inherit'],
      // A group of its own: Ctrl-C must not end it before the others.
      detached: true,
    });
    this.tell(`folder ${folder}`);
  }

  /** @param processes the ids of those that run now */
  start(processes: () => readonly (number | undefined)[]): void {
    clearInterval(this.timer);
    const look = (): void => {
      const now = new Set(processes().filter((pid) => pid !== undefined));
      for (const pid of now) if (!this.watched.has(pid)) this.tell(`pid ${pid} SIGTERM`);
      for (const pid of this.watched) if (!now.has(pid)) this.tell(`gone ${pid}`);
      this.watched.clear();
      for (const pid of now) this.watched.add(pid);
    };
    look();
    this.timer = setInterval(look, LOOK_MS);
    this.timer.unref();
  }

  /** Nothing is left that it would have to end. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    for (const pid of this.watched) this.tell(`gone ${pid}`);
    const { watchdog } = this;
    if (watchdog.exitCode !== null || watchdog.signalCode !== null) return;
    watchdog.stdin?.end();
    await once(watchdog, 'exit');
  }

  private tell(line: string): void {
    this.watchdog.stdin?.write(`${line}\n`);
  }
}
