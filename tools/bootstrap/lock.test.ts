import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

const LOCK_MODULE = JSON.stringify(path.join(__dirname, 'lock.mjs'));

// Starting processes takes its time on a busy machine.
jest.setTimeout(60_000);

let folder: string;
let lock: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'castellan-lock-'));
  lock = path.join(folder, 'lock');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A process that takes the lock and runs `body`, in which `path` is the folder. */
function locker(body: string): ChildProcess {
  const script = `
    import { withLock } from ${LOCK_MODULE};
    import fs from 'node:fs';
    const folder = ${JSON.stringify(folder)};
    await withLock(${JSON.stringify(lock)}, 'testing', async () => { ${body} });`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function ended(child: ChildProcess): Promise<{ code: unknown; said: string }> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const values: unknown[] = await once(child, 'close');
  return { code: values[0], said };
}

describe('withLock', () => {
  it('lets one process at a time in', async () => {
    const counter = path.join(folder, 'counter');
    writeFileSync(counter, '0');
    const body = `
      const before = Number(fs.readFileSync(folder + '/counter', 'utf8'));
      await new Promise((resolve) => setTimeout(resolve, 20));
      fs.writeFileSync(folder + '/counter', String(before + 1));`;
    const all = await Promise.all(Array.from({ length: 8 }, () => ended(locker(body))));
    expect(all.map(({ code }) => code)).toEqual(Array(8).fill(0));
    expect(readFileSync(counter, 'utf8')).toBe('8');
    expect(existsSync(lock)).toBe(false);
  });

  it('takes over what a killed process left, also when many want it', async () => {
    const holder = locker(
      `process.stdout.write('in'); await new Promise(() => setInterval(() => {}, 1000));`,
    );
    if (holder.stdout === null) throw new Error('no output');
    await once(holder.stdout, 'data');
    holder.kill('SIGKILL');
    await once(holder, 'close');
    expect(existsSync(lock)).toBe(true);
    writeFileSync(path.join(folder, 'counter'), '');
    const body = `fs.appendFileSync(folder + '/counter', 'x');`;
    const all = await Promise.all(Array.from({ length: 6 }, () => ended(locker(body))));
    expect(all.map(({ code }) => code)).toEqual(Array(6).fill(0));
    expect(readFileSync(path.join(folder, 'counter'), 'utf8')).toBe('xxxxxx');
  });

  it('knows a process that has the number of the one that held it, but is another', async () => {
    writeFileSync(lock, JSON.stringify({ pid: process.pid, start: 'long ago', purpose: 'old' }));
    expect((await ended(locker(''))).code).toBe(0);
  });

  it('takes over a file that is no lock', async () => {
    writeFileSync(lock, 'not JSON');
    expect((await ended(locker(''))).code).toBe(0);
  });

  it('says for whom it waits', async () => {
    const holder = locker(
      `process.stdout.write('in');
       const alive = setInterval(() => {}, 1000);
       await new Promise((resolve) => process.once('SIGUSR2', resolve));
       clearInterval(alive);`,
    );
    if (holder.stdout === null) throw new Error('no output');
    await once(holder.stdout, 'data');
    const waiter = locker('');
    if (waiter.stderr === null) throw new Error('no output');
    const said: unknown[] = await once(waiter.stderr, 'data');
    expect(said.map(String)).toEqual([
      `castellan: waiting for process ${holder.pid ?? 0}, which is testing\n`,
    ]);
    holder.kill('SIGUSR2');
    expect((await ended(waiter)).code).toBe(0);
  });

  it('gives the lock back when the work fails', async () => {
    expect((await ended(locker(`throw new Error('broken');`))).code).toBe(1);
    expect(existsSync(lock)).toBe(false);
  });
});
