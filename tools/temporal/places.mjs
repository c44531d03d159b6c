import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync, readFileSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's folder. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

const exe = process.platform === 'win32' ? '.exe' : '';

/**
 * Where builds of this user are kept, for every checkout. After the XDG Base Directory
 * Specification, which says that a relative XDG_CACHE_HOME is to be ignored.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string} an absolute path; nothing is made
 */
export function cacheDirectory(env) {
  const xdg = env.XDG_CACHE_HOME ?? '';
  if (xdg.startsWith('/')) return join(xdg, 'castellan');
  if (process.platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'castellan');
  return join(env.HOME || homedir(), '.cache', 'castellan');
}

/**
 * The folders that may hold an earlier build, in the order in which they are looked at; a new one
 * goes into the first that can be written to.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ data: string, cache: string }} absolute paths; nothing is made
 */
export function programFolders(env) {
  return {
    data: resolve(ROOT, env.CASTELLAN_DATA_DIR || '.castellan', 'programs'),
    cache: cacheDirectory(env),
  };
}

/**
 * Where a download made by the Temporal SDK lies: it names the file for its own version.
 *
 * @param {'temporal' | 'temporal-test-server'} program
 * @param {string} folder
 * @returns {string | undefined} undefined when the SDK is not installed
 */
export function sdkDownload(program, folder) {
  try {
    const manifest = join(ROOT, 'node_modules', '@temporalio', 'testing', 'package.json');
    const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
    return join(folder, `${program}-sdk-typescript-${version}${exe}`);
  } catch {
    return undefined;
  }
}

/** The folder that the SDK downloads into when nobody tells it another. */
export const sdkFolder = tmpdir;

/**
 * The first program of that name on PATH.
 *
 * @param {string} name without .exe
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} [more] folders to look in after PATH
 * @returns {string | undefined} its absolute path
 */
export function onPath(name, env, more = []) {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  const folders = [...(env.PATH ?? env.Path ?? '').split(delimiter).filter(Boolean), ...more];
  for (const folder of folders) {
    for (const suffix of suffixes) {
      const path = resolve(folder, name + suffix);
      if (isProgram(path)) return path;
    }
  }
  return undefined;
}

/**
 * @param {string} path
 * @returns {boolean} whether it is a file that may be run
 */
export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * @param {string} folder made when it does not exist
 * @returns {boolean} whether files can be made in it
 */
export function isWritable(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * A short name for the content of files: a build is kept under it, so that a changed recipe is a
 * new build and an unchanged one is found again.
 *
 * @param {string[]} paths
 * @returns {string} 8 hexadecimal digits
 */
export function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(readFileSync(path)).update('\0');
  return hash.digest('hex').slice(0, 8);
}

/** The name that a program's file has on this system. */
export const programFile = (name) => name + exe;
