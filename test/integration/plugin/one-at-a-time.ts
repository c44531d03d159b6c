import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const LOOK_EVERY_MS = 200;

/**
 * Does a piece of work while no other process of this machine does it, and blocks until then: which
 * tests there are has to be known before anything asynchronous. It only spares work that would
 * otherwise be done twice, so that after a while, or when the holder died, it goes ahead.
 *
 * @param lock a file that is there meanwhile; its folder is made
 */
export function oneAtATime<Result>(lock: string, patienceMs: number, work: () => Result): Result {
  mkdirSync(path.dirname(lock), { recursive: true });
  const until = Date.now() + patienceMs;
  while (!take(lock)) {
    if (Date.now() > until || !lives(holder(lock))) rmSync(lock, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_EVERY_MS);
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** The process that holds it; `null`: it was given back, or is being taken, just now. */
function holder(lock: string): number | null {
  try {
    return Number(readFileSync(lock, 'utf8')) || null;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function lives(pid: number | null): boolean {
  if (pid === null) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Errors of Node itself are of another realm in Jest, and no instances of its Error. */
function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
