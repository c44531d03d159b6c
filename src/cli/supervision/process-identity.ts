import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * A process that can be told from a later one with the same id: ids are used again, but never with
 * the same moment of start.
 */
export const processIdentity = z.object({
  pid: z.int().positive(),
  /** When it started, in the system's own words; compared, never read. */
  started: z.string().min(1),
});

export type ProcessIdentity = z.infer<typeof processIdentity>;

/** Who runs under a process id now, or undefined if nobody does (a zombie counts as nobody). */
export function identify(pid: number): ProcessIdentity | undefined {
  const started = startOf(pid);
  return started === undefined ? undefined : { pid, started };
}

/** Whether exactly that process is still there. */
export function isAlive(identity: ProcessIdentity): boolean {
  return startOf(identity.pid) === identity.started;
}

function startOf(pid: number): string | undefined {
  switch (process.platform) {
    case 'linux':
      return startInProc(pid);
    case 'win32':
      return answerOf('powershell.exe', [
        '-NoProfile',
        '-Command',
        `(Get-Process -Id ${pid}).StartTime.Ticks`,
      ]);
    default:
      return answerOf('ps', ['-o', 'lstart=', '-p', String(pid)]);
  }
}

/** Ticks since boot, made unambiguous by the boot's own id (proc(5): field 3 state, 22 starttime). */
function startInProc(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The second field is the program's name in brackets, which may itself hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, ticks] = [fields[0], fields[19]];
  if (state === 'Z' || state === 'X' || ticks === undefined) return undefined;
  return `${bootId()}/${ticks}`;
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return 'boot';
  }
}

function answerOf(program: string, args: readonly string[]): string | undefined {
  try {
    const answer = execFileSync(program, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    return answer === '' ? undefined : answer;
  } catch {
    return undefined;
  }
}
