import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second, whatever its clock (man 5 proc_pid_stat). */
const TICK_MS = 10;

/** Whether this system tells about processes: Linux does. */
export function tellsOfProcesses(): boolean {
  return fields(process.pid) !== undefined;
}

/** A process by its id, alone or with its children, such as PostgreSQL's. */
export interface Measured {
  readonly pid: number;
  readonly children: boolean;
}

/**
 * The processor time, user and system, that processes have used since they started, in milliseconds;
 * children that ended are counted, too.
 */
export function processorTime(processes: Iterable<Measured>): number {
  const pids = [...processes].flatMap(members);
  return pids.reduce((sum, pid) => sum + (fields(pid)?.processorMs ?? 0), 0);
}

/** The memory that a process holds, in MiB. What several share counts once, in proportional parts. */
export function residentMemory(process: Measured): number {
  const kib = members(process).reduce((sum, pid) => sum + proportionalMemory(pid), 0);
  return kib / 1_024;
}

function proportionalMemory(pid: number): number {
  const rollup = text(pid, 'smaps_rollup');
  const status = text(pid, 'status');
  const found = /^Pss:\s+(\d+) kB$/m.exec(rollup) ?? /^VmRSS:\s+(\d+) kB$/m.exec(status);
  return Number(found?.[1] ?? 0);
}

function members({ pid, children }: Measured): number[] {
  if (!children) return [pid];
  const found = readdirSync('/proc')
    .map(Number)
    .filter((other) => Number.isInteger(other) && fields(other)?.parent === pid);
  return [pid, ...found];
}

/** What /proc/PID/stat says; the name in it may hold blanks and parentheses. */
function fields(
  pid: number,
): { readonly parent: number; readonly processorMs: number } | undefined {
  const stat = text(pid, 'stat');
  if (stat === '') return undefined;
  const [, parent, ...rest] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  // utime, stime, cutime and cstime are fields 14 to 17; the state is field 3.
  const ticks = rest.slice(9, 13).reduce((sum, value) => sum + value, 0);
  // The threads that live tell it to the nanosecond; those that ended are in the ticks alone.
  return { parent: parent ?? 0, processorMs: Math.max(ticks * TICK_MS, ofThreads(pid)) };
}

/** What the threads of a process have used so far, in milliseconds (sched-stats in the kernel's documentation). */
function ofThreads(pid: number): number {
  const nanoseconds = names(`/proc/${pid}/task`).map((thread) =>
    Number(text(pid, `task/${thread}/schedstat`).split(' ')[0]),
  );
  return nanoseconds.reduce((sum, value) => sum + value, 0) / 1e6;
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function text(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
