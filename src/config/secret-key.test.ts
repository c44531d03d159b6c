import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ensureSecretKey } from './secret-key';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'castellan-secret-'));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

describe('ensureSecretKey', () => {
  it('prefers the one from the environment', () => {
    const secretKey = Buffer.alloc(32, 1);
    expect(ensureSecretKey({ secretKey, dataDir })).toBe(secretKey);
  });

  it('makes one that only this user can read, once', () => {
    const made = ensureSecretKey({ secretKey: undefined, dataDir });
    expect(made).toHaveLength(32);
    expect(ensureSecretKey({ secretKey: undefined, dataDir })).toEqual(made);
    expect(statSync(join(dataDir, 'secret-key')).mode & 0o777).toBe(0o600);
  });

  it('refuses a damaged one instead of making another', () => {
    writeFileSync(join(dataDir, 'secret-key'), 'short');
    expect(() => ensureSecretKey({ secretKey: undefined, dataDir })).toThrow(/damaged/);
  });
});
