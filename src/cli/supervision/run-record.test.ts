import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readRunState, RunRecord } from './run-record';

let dataDir: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'castellan-record-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

async function runs(code: string): Promise<ChildProcess & { pid: number }> {
  const child = spawn(process.execPath, ['-e', `${code} process.stdout.write("up");`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  await once(child.stdout, 'data');
  const { pid } = child;
  if (pid === undefined) throw new Error('The process did not start.');
  return Object.assign(child, { pid });
}

const forever = 'setInterval(() => {}, 1000);';

describe('RunRecord', () => {
  it('keeps ports, variables and processes, for this user alone', () => {
    const record = new RunRecord(dataDir);
    record.setPort('postgres', 21_000);
    record.setVariables({ DATABASE_URL: 'postgres://u:p@h/d' });
    record.started('self', process.pid);
    expect(readRunState(dataDir)).toMatchObject({
      ports: { postgres: 21_000 },
      variables: { DATABASE_URL: 'postgres://u:p@h/d' },
      processes: { self: { pid: process.pid } },
    });
    expect(statSync(join(dataDir, 'run.json')).mode & 0o777).toBe(0o600);
    record.close();
    expect(readRunState(dataDir)).toEqual({
      ports: { postgres: 21_000 },
      variables: {},
      processes: {},
    });
    expect(new RunRecord(dataDir).port('postgres')).toBe(21_000);
  });

  it('takes a damaged record for none', () => {
    writeFileSync(join(dataDir, 'run.json'), '{"processes":');
    expect(readRunState(dataDir)).toEqual({ ports: {}, variables: {}, processes: {} });
  });

  it('ends what an earlier run left behind, stubborn processes too', async () => {
    const polite = await runs(forever);
    const stubborn = await runs(`process.on("SIGTERM", () => {}); ${forever}`);
    const before = new RunRecord(dataDir);
    before.started('polite', polite.pid);
    before.started('stubborn', stubborn.pid);
    const ends = Promise.all([once(polite, 'exit'), once(stubborn, 'exit')]);
    const found = await new RunRecord(dataDir).endLeftovers(300);
    expect(found).toEqual(['polite', 'stubborn']);
    expect(await ends).toEqual([
      [null, 'SIGTERM'],
      [null, 'SIGKILL'],
    ]);
    expect(readRunState(dataDir).processes).toEqual({});
  });

  it('leaves a later process with the same id alone', async () => {
    const innocent = await runs(forever);
    const record = { pid: innocent.pid, started: 'long ago' };
    writeFileSync(
      join(dataDir, 'run.json'),
      JSON.stringify({ processes: { part: record }, ports: {}, variables: {} }),
    );
    expect(await new RunRecord(dataDir).endLeftovers(300)).toEqual([]);
    expect(innocent.exitCode ?? innocent.signalCode).toBeNull();
  });
});
