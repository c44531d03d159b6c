import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asUser, isRoot, unprivilegedUser } from './unprivileged-user';

describe('a program of another user', () => {
  let closed: string;

  beforeAll(() => {
    closed = mkdtempSync(join(tmpdir(), 'castellan-closed-'));
    chmodSync(closed, 0o700);
    copyFileSync('/bin/sh', join(closed, 'sh'));
    chmodSync(join(closed, 'sh'), 0o755);
  });

  afterAll(() => {
    rmSync(closed, { recursive: true, force: true });
  });

  it('runs, and finds itself, under a folder that is closed to that user', () => {
    if (!isRoot()) {
      process.stdout.write('skipped: only root can start a program as another user\n');
      return;
    }
    const program = join(closed, 'sh');
    // As initdb does: it asks access(2) whether it may run what lies beside it.
    const asks: [string, ...string[]] = [program, '-c', `test -x ${program} && id -u`];
    const user = unprivilegedUser(join(closed, 'data'));
    const { command, ids } = asUser(asks, user, [program]);
    const [first, ...args] = command;
    const { status, stdout } = spawnSync(first, args, { ...ids, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${user.uid}\n` });
  });
});
