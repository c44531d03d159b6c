import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The user under whom a server runs that refuses to run as root. */
export interface UnprivilegedUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Whether this process is root, which PostgreSQL refuses to be. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The user for a folder's server: its owner if it exists already and is not root's, otherwise the
 * system's `postgres`, otherwise `nobody`. No user is created.
 *
 * @throws Error when the system has none of them
 */
export function unprivilegedUser(folder: string): UnprivilegedUser {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid, gid }) => uid > 0 && Number.isInteger(gid));
  const owner = statSync(folder, { throwIfNoEntry: false })?.uid;
  const found =
    users.find(({ uid }) => uid === owner) ??
    users.find(({ name }) => name === 'postgres') ??
    users.find(({ name }) => name === 'nobody');
  if (!found) {
    throw new Error(
      'PostgreSQL does not run as root, and this system has no user "postgres" or "nobody" for it. Start Castellan as an ordinary user, or set DATABASE_URL.',
    );
  }
  return found;
}

/** A program with its arguments. */
export type CommandLine = readonly [program: string, ...args: string[]];

/**
 * The command line that runs a program as another user, for a process that is root. Where that user
 * may not pass through the folders on the way (root's home is closed to everybody), the program is
 * also allowed to read what root may read; everything else stays forbidden to it.
 *
 * @param paths what the program must reach
 * @returns the command, and the ids to spawn it with if it does not change its user by itself
 * @throws Error that names the closed folder when there is no way past it
 */
export function asUser(
  command: CommandLine,
  user: UnprivilegedUser,
  paths: readonly string[],
): { readonly command: CommandLine; readonly ids: { uid?: number; gid?: number } } {
  const closed = paths.map((path) => closedFolder(path, user)).find((found) => found !== undefined);
  if (closed === undefined) return { command, ids: { uid: user.uid, gid: user.gid } };
  for (const capability of ['dac_read_search', 'dac_override']) {
    const prefix = [
      `--reuid=${user.uid}`,
      `--regid=${user.gid}`,
      '--clear-groups',
      // Else access(2), which initdb asks about its own programs, would not count the capability.
      '--securebits=+no_setuid_fixup',
      `--inh-caps=+${capability}`,
      `--ambient-caps=+${capability}`,
      '--',
    ];
    if (spawnSync('setpriv', [...prefix, 'true'], { stdio: 'ignore' }).status === 0) {
      return { command: ['setpriv', ...prefix, ...command], ids: {} };
    }
  }
  throw new Error(
    `PostgreSQL does not run as root, and the user "${user.name}" may not enter ${closed}. Start Castellan as an ordinary user, move it (or CASTELLAN_DATA_DIR) to a folder that others may enter, or set DATABASE_URL.`,
  );
}

/** The topmost folder on the way to a path that a user may not pass through. */
function closedFolder(path: string, user: UnprivilegedUser): string | undefined {
  let closed: string | undefined;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = statSync(folder, { throwIfNoEntry: false });
    if (found) {
      const shift = found.uid === user.uid ? 6 : found.gid === user.gid ? 3 : 0;
      if (((found.mode >> shift) & 1) === 0) closed = folder;
    }
    if (dirname(folder) === folder) return closed;
  }
}
