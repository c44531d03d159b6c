import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where things are kept for every checkout of this user (XDG Base Directory Specification). */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const xdg = env.XDG_CACHE_HOME ?? '';
  return xdg.startsWith('/') ? join(xdg, 'castellan') : join(homedir(), '.cache', 'castellan');
}

/**
 * A folder of the cache that is filled once, for as long as what it is made from does not change. A
 * half-filled one is never seen, also when two fill it at the same time.
 *
 * @param madeFrom files whose content names the folder
 * @param fill is given the folder to be filled
 * @throws what `fill` throws
 */
export function keptFolder(
  name: string,
  madeFrom: readonly string[],
  fill: (folder: string) => void,
): string {
  const hash = createHash('sha256').update(process.version.split('.')[0] ?? '');
  for (const file of madeFrom) hash.update(readFileSync(file));
  const folder = join(cacheFolder(), `${name}-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const filling = mkdtempSync(`${folder}.`);
  try {
    fill(filling);
    renameSync(filling, folder);
  } catch (error) {
    rmSync(filling, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
