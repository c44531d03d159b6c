import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { takeDataLock } from '../../src/cli/supervision/data-lock';
import { RunRecord } from '../../src/cli/supervision/run-record';
import { findRunningCastellan, NothingToPlayWith } from './running-castellan';

const token = `${'a'.repeat(24)}.${'b'.repeat(6)}.${'c'.repeat(38)}`;

describe('findRunningCastellan', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'castellan-running-'));
  });

  afterEach(() => {
    rmSync(dataDir, { recursive: true });
  });

  const find = (more: Readonly<Record<string, string>> = {}) =>
    findRunningCastellan({ CASTELLAN_DATA_DIR: dataDir, ...more });

  /** A run whose record says this; the test itself is the process that lives. */
  const running = (variables: Readonly<Record<string, string>>): void => {
    takeDataLock(dataDir);
    new RunRecord(dataDir).setVariables(variables);
  };

  it('says how to start one where none runs', () => {
    expect(() => find()).toThrow(NothingToPlayWith);
    expect(() => find()).toThrow(`No Castellan is running on the data in ${dataDir}`);
  });

  it('asks for patience while one starts', () => {
    running({});
    expect(() => find()).toThrow('is still starting');
  });

  it('does not play with one that works for real people', () => {
    running({ PUBLIC_URL: 'http://127.0.0.1:3000' });
    const message = 'works for real people: it is logged in at https://discord.com/api';
    expect(() => find({ DISCORD_TOKEN: token })).toThrow(message);
  });

  it('finds the addresses of all parts', () => {
    running({
      PUBLIC_URL: 'http://127.0.0.1:3000',
      DISCORD_URL: 'http://127.0.0.1:4000',
      DISCORD_API_URL: 'http://127.0.0.1:4000/api',
      DISCORD_TOKEN: token,
      DATABASE_URL: 'postgres://castellan@127.0.0.1:5432/castellan',
      TEMPORAL_ADDRESS: '127.0.0.1:7233',
      TEMPORAL_UI_URL: 'http://127.0.0.1:8233',
    });
    const { discordUrl, environment } = find();
    expect(discordUrl).toBe('http://127.0.0.1:4000');
    expect(environment).toMatchObject({
      dataDir,
      databaseUrl: 'postgres://castellan@127.0.0.1:5432/castellan',
      temporal: { address: '127.0.0.1:7233' },
      temporalUiUrl: 'http://127.0.0.1:8233',
    });
  });
});
