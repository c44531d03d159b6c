import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { startOf } from './processes.mjs';
import { say, span } from './say.mjs';

const POLL_MS = 100;
const REMIND_MS = 10_000;
/** Breaking a stale lock takes microseconds; a guard this old was left by a killed process. */
const GUARD_AGE_MS = 5_000;

/**
 * Runs `work` while this process alone holds the lock file, and waits for another process that
 * holds it. The file names its holder by process id and start, so a lock that was left by a killed
 * process is taken over at once, and one whose process id was given to somebody else as well.
 *
 * @template T
 * @param {string} path the lock file; its folder is made
 * @param {string} purpose what is done under it, for the process that waits: "installing packages"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>} what `work` returned
 */
export async function withLock(path, purpose, work) {
  mkdirSync(dirname(path), { recursive: true });
  const own = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  // Written in full first and then linked: nobody ever reads a lock that is half written.
  writeFileSync(own, JSON.stringify({ pid: process.pid, start: startOf(process.pid), purpose }));
  try {
    await acquire(path, own);
  } finally {
    rmSync(own, { force: true });
  }
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

async function acquire(path, own) {
  const began = Date.now();
  let reminded = 0;
  for (;;) {
    if (link(own, path)) return;
    const holder = read(path);
    if (holder !== undefined && !lives(holder)) {
      breakStale(path, own);
      continue;
    }
    if (holder !== undefined && Date.now() - reminded >= REMIND_MS) {
      const waited = reminded === 0 ? '' : `, ${span(Date.now() - began)} so far`;
      say(`waiting for process ${holder.pid}, which is ${holder.purpose}${waited}`);
      reminded = Date.now();
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function link(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** The lock's holder; undefined when it was released just now. */
function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    // Not ours to understand, so not a lock that we have to respect.
    if (error instanceof SyntaxError) return { pid: 0, start: '', purpose: 'unknown' };
    throw error;
  }
}

function lives({ pid, start }) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  const found = startOf(pid);
  return found !== undefined && (found === start || found === '' || start === '');
}

/**
 * Removes a stale lock. Two that see the same stale lock must not both remove "it", or the second
 * would remove the first one's new lock: a guard lets one at a time look again and remove.
 */
function breakStale(path, own) {
  const guard = `${path}.breaking`;
  if (!link(own, guard)) {
    try {
      if (Date.now() - statSync(guard).ctimeMs > GUARD_AGE_MS) rmSync(guard, { force: true });
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
    return;
  }
  try {
    const holder = read(path);
    if (holder !== undefined && !lives(holder)) rmSync(path, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}
