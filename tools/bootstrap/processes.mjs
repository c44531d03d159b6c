import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When a process began, as an opaque text that only equality makes sense for. With the process id
 * it names one process for good: ids are used again, also after a restart of the machine.
 *
 * @param {number} pid
 * @returns {string | undefined} undefined when there is no such process (a zombie counts as none),
 *   an empty text when it lives but this system does not tell when it began
 */
export function startOf(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return undefined;
  }
  if (process.platform === 'linux') {
    try {
      // proc_pid_stat(5): the name (2nd field) may hold anything but ends at the last bracket;
      // the state is the 3rd field, the start in clock ticks since boot the 22nd.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      return `${boot} ${fields[19]}`;
    } catch (error) {
      return error.code === 'ENOENT' || error.code === 'ESRCH' ? undefined : '';
    }
  }
  if (process.platform === 'win32') return '';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}
