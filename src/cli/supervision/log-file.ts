import { closeSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const largest = 10 * 1024 * 1024;

/**
 * Opens a part's own log file for appending, for use as its standard output; one that has grown over
 * 10 MiB is put aside first. The caller closes the descriptor.
 */
export function openLogFile(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largest) {
    rmSync(`${path}.old`, { force: true });
    renameSync(path, `${path}.old`);
  }
  return openSync(path, 'a', 0o600);
}

/** The last lines of a log file, at most 2,000 bytes, for an error message. */
export function endOfLogFile(path: string): string {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return '';
  const buffer = Buffer.alloc(Math.min(size, 2_000));
  const file = openSync(path, 'r');
  try {
    readSync(file, buffer, 0, buffer.length, size - buffer.length);
  } finally {
    closeSync(file);
  }
  return buffer.toString('utf8').trim();
}
