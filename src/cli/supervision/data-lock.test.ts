import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataInUseError, dataLockHolder, takeDataLock } from './data-lock';
import { identify, isAlive, type ProcessIdentity } from './process-identity';

let directory: string;
let other: ChildProcess;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'castellan-lock-'));
  other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
});
afterEach(async () => {
  if (other.exitCode === null && other.signalCode === null) {
    const ended = once(other, 'exit');
    other.kill('SIGKILL');
    await ended;
  }
  rmSync(directory, { recursive: true, force: true });
});

function theOther(): ProcessIdentity {
  const identity = identify(other.pid ?? 0);
  if (!identity) throw new Error('The other process does not run.');
  return identity;
}

function lockedBy(identity: ProcessIdentity): void {
  writeFileSync(join(directory, 'lock'), JSON.stringify(identity));
}

describe('takeDataLock', () => {
  it('holds the directory until it is released', () => {
    const lock = takeDataLock(directory);
    expect(dataLockHolder(directory)?.pid).toBe(process.pid);
    expect(() => takeDataLock(directory)).toThrow(DataInUseError);
    lock.release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('names the process that holds it and the directory', () => {
    const holder = theOther();
    lockedBy(holder);
    expect(() => takeDataLock(directory)).toThrow(
      new RegExp(`${directory}: process ${holder.pid}\\.`),
    );
  });

  it('takes over from a process that was killed', async () => {
    const holder = theOther();
    lockedBy(holder);
    const ended = once(other, 'exit');
    other.kill('SIGKILL');
    await ended;
    expect(isAlive(holder)).toBe(false);
    takeDataLock(directory).release();
  });

  it('is not fooled by a later process with the same id', () => {
    lockedBy({ ...theOther(), started: 'long ago' });
    expect(dataLockHolder(directory)).toBeUndefined();
    takeDataLock(directory).release();
  });

  it('takes over a lock that is damaged', () => {
    writeFileSync(join(directory, 'lock'), '{');
    const lock = takeDataLock(directory);
    expect(dataLockHolder(directory)?.pid).toBe(process.pid);
    lock.release();
  });

  it('leaves a lock alone that another has taken meanwhile', () => {
    const lock = takeDataLock(directory);
    lockedBy(theOther());
    lock.release();
    expect(dataLockHolder(directory)?.pid).toBe(other.pid);
  });
});
