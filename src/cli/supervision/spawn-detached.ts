import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { systemErrorCode } from '../../observability/system-error';

/** A program with its arguments. */
export type CommandLine = readonly [program: string, ...args: string[]];

/**
 * Added to the scheduling priority of what works behind the scenes: where the processor is short, it gets a
 * third of what the bot and the web server get, for which people wait.
 */
const BACKGROUND_NICENESS = 5;

/**
 * Starts a process in a group of its own: Ctrl-C in the terminal must reach Castellan alone, which ends its
 * processes in the right order.
 */
export function spawnDetached(
  [program, ...args]: CommandLine,
  options: Omit<SpawnOptions, 'detached' | 'windowsHide'>,
): ChildProcess {
  const detached = process.platform !== 'win32';
  return spawn(program, args, { ...options, detached, windowsHide: true });
}

/** The same, for a process for which nobody waits directly: it gives way to the others. */
export function spawnInBackground(
  command: CommandLine,
  options: Omit<SpawnOptions, 'detached' | 'windowsHide'>,
): ChildProcess {
  const child = spawnDetached(nice(command), options);
  if (child.pid !== undefined) void giveWay(child.pid);
  return child;
}

/** From its first thread on: on Linux, the priority of a process that runs already is that of one thread. */
function nice(command: CommandLine): CommandLine {
  const prefix = ['nice', '-n', String(BACKGROUND_NICENESS)] as const;
  const [program, ...args] = prefix;
  const works = spawnSync(program, [...args, 'true'], { stdio: 'ignore', windowsHide: true });
  return works.status === 0 ? [...prefix, ...command] : command;
}

/** Never rejects: a system that knows no priorities, or does not let us lower them, is as good as idle. */
async function giveWay(pid: number): Promise<void> {
  try {
    if (process.platform === 'win32') setPriority(pid, BACKGROUND_NICENESS);
    if (process.platform === 'linux') await lowerSession(pid);
  } catch {
    // It runs all the same.
  }
}

/** A system takes such a wish from an ordinary user ten times a second, and says EAGAIN in between. */
const TRIES = 10;
const TRY_AGAIN_MS = 150;

/**
 * A Linux with autogroups shares the processor among sessions first; the priority of a process then counts
 * only within its own (sched(7), "The autogroup feature").
 */
async function lowerSession(pid: number): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await writeFile(`/proc/${pid}/autogroup`, String(BACKGROUND_NICENESS), { flag: 'r+' });
      return;
    } catch (error) {
      if (tries === TRIES || systemErrorCode(error) !== 'EAGAIN') throw error;
    }
    await pause(TRY_AGAIN_MS, undefined, { ref: false });
  }
}
