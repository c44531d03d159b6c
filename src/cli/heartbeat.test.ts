import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Heartbeat, readHeartbeat } from './heartbeat';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'castellan-heartbeat-'));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

describe('Heartbeat', () => {
  it('tells that a service lives, whether it does its work, and when it has ended', () => {
    let works = true;
    const heartbeat = new Heartbeat(dataDir, 'bot', { healthy: () => works });
    expect(readHeartbeat(dataDir, 'bot')).toBeUndefined();
    heartbeat.beat();
    expect(readHeartbeat(dataDir, 'bot')).toMatchObject({ pid: process.pid, healthy: true });
    works = false;
    heartbeat.beat();
    expect(readHeartbeat(dataDir, 'bot')?.healthy).toBe(false);
    expect(readHeartbeat(dataDir, 'worker')).toBeUndefined();
    heartbeat.end();
    expect(readHeartbeat(dataDir, 'bot')).toBeUndefined();
  });

  it('never ends a service because it cannot be written', () => {
    writeFileSync(join(dataDir, 'health'), 'a file where a folder should be');
    const heartbeat = new Heartbeat(dataDir, 'bot', {});
    expect(() => {
      heartbeat.beat();
    }).not.toThrow();
  });
});
