import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Connection } from '@temporalio/client';
import { Client } from 'pg';
import { missingSearchAttributes } from '../../src/temporal/search-attributes';
import { temporal } from '../parts';
import { startPostgres } from '../parts/postgres';
import type { Watchdog } from '../parts/watchdog';
import { ROOT, skipped } from './compose-parser';

/** Runs a script of deploy/ as its container would: with these variables and nothing else. */
function runScript(script: string, variables: Record<string, string | undefined>) {
  const { status, stdout, stderr, error } = spawnSync('sh', [path.join(ROOT, 'deploy', script)], {
    env: { PATH: process.env.PATH, ...variables },
    encoding: 'utf8',
  });
  if (error) throw error;
  return { status, stdout, stderr };
}

/** The first number that a program prints about its version; 0 when there is no such program. */
const majorVersion = (program: string) => {
  const { error, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return error ? 0 : Number(/\d+/.exec(stdout)?.[0] ?? 0);
};

if (spawnSync('sh', ['-c', ':']).status !== 0)
  skipped('the scripts of deploy/ need a POSIX shell, and here is none.');
else {
  setsUpTemporal();
  if (majorVersion('psql') >= 14) setsUpPostgres();
  else skipped('deploy/postgres/10-roles.sh needs psql 14 or newer, and here is none.');
}

function setsUpTemporal(): void {
  describe('deploy/temporal/namespace.sh', () => {
    let folder: string;
    let connection: Connection;
    const namespace = `compose-${randomUUID()}`;

    beforeAll(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'castellan-deploy-'));
      symlinkSync(temporalProgram(), path.join(folder, 'temporal'));
      connection = await Connection.connect({ address: temporal().address });
    });

    afterAll(async () => {
      await connection.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const run = (more: Record<string, string> = {}) =>
      runScript('temporal/namespace.sh', {
        PATH: `${folder}${path.delimiter}${process.env.PATH ?? ''}`,
        HOME: folder,
        TEMPORAL_ADDRESS: temporal().address,
        TEMPORAL_NAMESPACE: namespace,
        ...more,
      });

    it('makes the namespace with the search attributes of the product', async () => {
      expect(run({ WORKFLOW_RETENTION: '90d' })).toMatchObject({ status: 0, stderr: '' });
      expect(await missingSearchAttributes(connection, namespace)).toEqual([]);
      const { config } = await connection.workflowService.describeNamespace({ namespace });
      expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(90 * 24 * 3600);
    });

    it('changes nothing when it is run again', () => {
      const again = run();
      expect(again).toMatchObject({ status: 0, stderr: '' });
      expect(again.stdout).toContain(`namespace ${namespace}: exists`);
      expect(again.stdout).not.toContain('created');
    });

    it('gives up on a server that does not answer, and says why', () => {
      const answer = run({ TEMPORAL_ADDRESS: '127.0.0.1:1', TEMPORAL_START_SECONDS: '1' });
      expect(answer).toMatchObject({ status: 1, stdout: '' });
      expect(answer.stderr).toContain(
        'The Temporal server at 127.0.0.1:1: given up after 1 tries.',
      );
      expect(answer.stderr).toMatch(/connect/);
    });
  });
}

/** The CLI that the shared dev server was started from. */
function temporalProgram(): string {
  const given = process.env.TEMPORAL_CLI_PATH;
  if (given !== undefined && given !== '') return path.resolve(given);
  const finder = path.join(ROOT, 'tools', 'temporal', 'find-cli.mjs');
  const { stdout } = spawnSync(process.execPath, [finder], { cwd: ROOT, encoding: 'utf8' });
  return stdout.trim();
}

function setsUpPostgres(): void {
  describe('deploy/postgres/10-roles.sh', () => {
    // Quotes and spaces: what psql would stumble over if it were not told to quote.
    const passwords = { castellan: `o'clock "sharp"`, temporal: 'tick tock' };
    let folder: string;
    let watchdog: Watchdog;
    let superuser: URL;

    beforeAll(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'castellan-deploy-'));
      // PostgreSQL refuses to run as root and then gets another user, who must get in here.
      chmodSync(folder, 0o755);
      watchdog = ownWatchdog(folder);
      superuser = new URL(await startPostgres({ folder, watchdog }));
      // The tests' superuser has the name that the script gives to a role.
      await query(superuser, 'create role postgres superuser login');
      superuser.username = 'postgres';
      await query(superuser, 'alter role castellan rename to nobody_in_particular');
    });

    afterAll(async () => {
      await watchdog.close();
    });

    const run = (more: Record<string, string | undefined> = {}) =>
      runScript('postgres/10-roles.sh', {
        PGHOST: superuser.hostname,
        PGPORT: superuser.port,
        CASTELLAN_DB_PASSWORD: passwords.castellan,
        TEMPORAL_DB_PASSWORD: passwords.temporal,
        ...more,
      });
    const as = (role: 'castellan' | 'temporal', database: string) => {
      const url = new URL(superuser);
      url.username = role;
      url.pathname = `/${database}`;
      return url;
    };

    it('does nothing without both passwords', () => {
      for (const name of ['CASTELLAN_DB_PASSWORD', 'TEMPORAL_DB_PASSWORD']) {
        const answer = run({ [name]: '' });
        expect(answer.status).not.toBe(0);
        expect(answer.stderr).toContain(`${name}: is not set`);
      }
    });

    it('makes the roles and the databases, with no password in what it prints', async () => {
      const answer = run();
      expect(answer).toMatchObject({ status: 0, stderr: '' });
      expect(answer.stdout).not.toMatch(/sharp|tock/);
      const rows = await query(
        superuser,
        `select datname, rolname from pg_database join pg_roles on pg_roles.oid = datdba
        where datname in ('castellan', 'temporal', 'temporal_visibility') order by 1`,
      );
      expect(rows).toEqual([
        { datname: 'castellan', rolname: 'castellan' },
        { datname: 'temporal', rolname: 'temporal' },
        { datname: 'temporal_visibility', rolname: 'temporal' },
      ]);
    });

    it('gives the roles no right but in their own databases', async () => {
      const rows = await query(
        superuser,
        `select rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls as much
         from pg_roles where rolname in ('castellan', 'temporal')`,
      );
      expect(rows).toEqual([{ much: false }, { much: false }]);
      await query(as('castellan', 'castellan'), 'create table mine (id int primary key)');
      await query(as('temporal', 'temporal'), 'create table mine (id int primary key)');
      // Temporal's own schema of its visibility store asks for this extension.
      await query(as('temporal', 'temporal_visibility'), 'create extension btree_gin');
      for (const [role, database] of [
        ['castellan', 'temporal'],
        ['castellan', 'temporal_visibility'],
        ['temporal', 'castellan'],
        ['temporal', 'postgres'],
      ] as const) {
        await expect(query(as(role, database), 'select 1')).rejects.toThrow('permission denied');
      }
    });

    it('sets the passwords as they were given', async () => {
      const rows = await query(
        superuser,
        `select rolname, rolpassword from pg_authid where rolname in ('castellan', 'temporal') order by 1`,
      );
      expect(rows).toEqual([
        { rolname: 'castellan', rolpassword: expect.stringMatching(/^SCRAM-SHA-256\$/) },
        { rolname: 'temporal', rolpassword: expect.stringMatching(/^SCRAM-SHA-256\$/) },
      ]);
    });
  });
}

/** Ends the one server that is started here, and removes its folder. */
function ownWatchdog(folder: string): Watchdog {
  const running = new Map<number, NodeJS.Signals>();
  return {
    watch: (pid, signal) => running.set(pid, signal),
    forget: (pid) => running.delete(pid),
    remove: () => undefined,
    close: async () => {
      for (const [pid, signal] of running) process.kill(pid, signal);
      while (running.size > 0) await pause(10);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function query(url: URL, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
