import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process that has to do with a folder. */
export interface Trace {
  readonly pid: number;
  readonly command: string;
}

/**
 * The processes that work on a folder: it stands in their command line or their environment, or it
 * is where they are. On systems without /proc, none are found.
 */
export function processesOn(folder: string): Trace[] {
  return pids()
    .filter((pid) => pid !== process.pid && isAlive(pid) && concerns(pid, folder))
    .map((pid) => ({ pid, command: text(pid, 'cmdline').replaceAll('\0', ' ').trim() }));
}

function pids(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function concerns(pid: number, folder: string): boolean {
  if (text(pid, 'cmdline').includes(folder) || text(pid, 'environ').includes(folder)) return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
  } catch {
    return false;
  }
}

/** A zombie has ended; whoever started it has only not asked yet how. */
function isAlive(pid: number): boolean {
  return !/\) [ZX] /.test(text(pid, 'stat'));
}

function text(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
