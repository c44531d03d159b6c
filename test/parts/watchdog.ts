import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** Ends everything that it was told of, when asked or when this process dies. */
export interface Watchdog {
  /** From now on `pid` is ended, at the latest with this process. */
  watch(pid: number, signal: NodeJS.Signals): void;
  /** `pid` has ended by itself: its number may soon be somebody else's. */
  forget(pid: number): void;
  /** Removes the folder once all processes have ended. */
  remove(folder: string): void;
  /** Ends all processes, removes all folders, and resolves when that is done. */
  close(): Promise<void>;
}

/** Starts the watchdog, a small process of its own. */
export function startWatchdog(): Watchdog {
  const child = spawn(process.execPath, [path.join(__dirname, 'watchdog-process.mjs')], {
    stdio: ['pipe', 'ignore', 'inherit'],
    // Its own session: Ctrl-C in the terminal must not end it before the servers.
    detached: true,
  });
  unref(child);
  const tell = (line: string) => child.stdin.write(`${line}\n`);
  return {
    watch: (pid, signal) => tell(`pid ${pid} ${signal}`),
    forget: (pid) => tell(`gone ${pid}`),
    remove: (folder) => tell(`folder ${folder}`),
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

/** The watchdog alone must not keep jest from ending. */
function unref(child: ChildProcess): void {
  child.unref();
  const stdin: unknown = child.stdin;
  if (hasUnref(stdin)) stdin.unref();
}

function hasUnref(value: unknown): value is { unref(): void } {
  return typeof value === 'object' && value !== null && 'unref' in value;
}
