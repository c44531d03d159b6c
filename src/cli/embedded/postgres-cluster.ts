import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { postgresBinaries } from './postgres-binaries';
import { asUser, isRoot, unprivilegedUser, type CommandLine } from './unprivileged-user';

/** Name of the cluster's superuser and of the product's database. */
export const clusterUser = 'castellan';

const major = '18';

/** The files of an embedded PostgreSQL and how its programs are run on them. */
export interface PostgresCluster {
  readonly dataFolder: string;
  readonly password: string;
  /** The server's command line, to be spawned with `options`. */
  server(args: readonly string[]): {
    readonly command: CommandLine;
    readonly options: {
      readonly uid?: number;
      readonly gid?: number;
      readonly env: NodeJS.ProcessEnv;
    };
  };
}

/**
 * Opens the cluster under a folder of the data directory; at the first call it is initialised (about
 * a second). An initialisation that was interrupted starts again from nothing.
 *
 * @param signal aborted when the cluster is not wanted any more
 * @throws Error when it was made by another major version, or cannot be initialised
 */
export async function openPostgresCluster(
  folder: string,
  signal: AbortSignal,
): Promise<PostgresCluster> {
  const binaries = postgresBinaries();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const dataFolder = join(folder, 'data');
  const user = isRoot() ? unprivilegedUser(dataFolder) : undefined;
  if (user) chownSync(folder, user.uid, user.gid);
  const env = environment();
  const run = (command: CommandLine): ReturnType<PostgresCluster['server']> => {
    if (!user) return { command, options: { env } };
    const changed = asUser(command, user, [command[0], dataFolder]);
    return { command: changed.command, options: { ...changed.ids, env } };
  };

  const passwordFile = join(folder, 'password');
  if (!existsSync(dataFolder)) {
    const made = `${dataFolder}.new`;
    rmSync(made, { recursive: true, force: true });
    mkdirSync(made, { mode: 0o700 });
    const password = randomBytes(24).toString('base64url');
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (user) {
      chownSync(made, user.uid, user.gid);
      chownSync(passwordFile, user.uid, user.gid);
    }
    await initialise(run([binaries.initdb, ...initdbFlags(made, passwordFile)]), signal);
    renameSync(made, dataFolder);
  }
  const version = readFileSync(join(dataFolder, 'PG_VERSION'), 'utf8').trim();
  if (version !== major) {
    throw new Error(
      `The database in ${dataFolder} was made by PostgreSQL ${version}, but this Castellan brings ${major}. Start the version that made it, dump it with pg_dump, move the folder away, and restore the dump.`,
    );
  }
  return {
    dataFolder,
    password: z.string().min(1).parse(readFileSync(passwordFile, 'utf8').trim()),
    server: (args) => run([binaries.postgres, '-D', dataFolder, ...args]),
  };
}

function initdbFlags(dataFolder: string, passwordFile: string): string[] {
  return [
    `--pgdata=${dataFolder}`,
    `--username=${clusterUser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // PostgreSQL's own locale: the same order everywhere, whatever the system has installed.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
}

/** What the server may know of our environment: no secrets are in it. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env;
  return {
    LC_ALL: 'C',
    TZ: 'UTC',
    ...(PATH !== undefined && { PATH }),
    ...(SystemRoot !== undefined && { SystemRoot }),
    ...(TEMP !== undefined && { TEMP }),
  };
}

function initialise(
  { command, options }: ReturnType<PostgresCluster['server']>,
  signal: AbortSignal,
): Promise<void> {
  const [program, ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...options,
      signal,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let said = '';
    const listen = (chunk: Buffer): void => {
      said += chunk.toString('utf8');
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The embedded PostgreSQL cannot be initialised: ${said.trim()}`));
    });
  });
}
