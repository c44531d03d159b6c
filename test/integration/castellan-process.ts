import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readRunState, type RunState } from '../../src/cli/supervision/run-record';
import { variables } from '../../src/config/variables';

const root = path.resolve(__dirname, '..', '..');

/** The compiled program, as `npm start` runs it. */
export const program = path.join(root, 'dist', 'bin', 'castellan.js');

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One `castellan` process that a test has started. */
export interface CastellanProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Ending>;
  /** All that it has printed so far. */
  printed(): string;
}

/**
 * Starts `castellan` with a subcommand, in a folder of its own and with no settings but those given.
 */
export function castellan(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
  cwd: string,
): CastellanProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !Object.hasOwn(variables, name));
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { ...Object.fromEntries(inherited), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  const ended = new Promise<Ending>((resolve) => {
    // "exit" and not "close": what a killed parent leaves behind may hold its output open.
    child.once('exit', (code) => {
      setImmediate(() => {
        resolve({ code, stdout, stderr });
      });
    });
  });
  return { child, ended, printed: () => `${stdout}\n${stderr}` };
}

/** The addresses of the ready line, by name. */
export async function untilReady(running: CastellanProcess): Promise<Record<string, string>> {
  const line = await Promise.race([
    until('the ready line', () => /^castellan is ready {2}(.+)$/m.exec(running.printed())?.[1]),
    running.ended.then(({ code }) => {
      throw new Error(`castellan ended with ${String(code)}:\n${running.printed()}`);
    }),
  ]).catch((error: unknown) => {
    throw new Error(`Castellan did not become ready:\n${running.printed()}`, { cause: error });
  });
  return Object.fromEntries(
    line.split(' ').map((pair): [string, string] => {
      const [name = '', ...address] = pair.split('=');
      return [name, address.join('=')];
    }),
  );
}

/** Waits until a question has an answer. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  patience = 60_000,
): Promise<T> {
  const end = performance.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}.`);
    await pause(25);
  }
}

/** Waits until something is so. */
export async function untilTrue(
  what: string,
  ask: () => boolean | Promise<boolean>,
  patience = 60_000,
): Promise<void> {
  await until(what, async () => ((await ask()) ? true : undefined), patience);
}

/** The record of the run on a data directory. */
export function run(dataDir: string): RunState {
  return readRunState(dataDir);
}

/** The id of one of a run's processes. */
export function pidOf(dataDir: string, name: string): number | undefined {
  return run(dataDir).processes[name]?.pid;
}

/** Whether a process is there (a zombie is not). */
export function lives(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !/\) [ZX] /.test(stat);
  } catch {
    return false;
  }
}
