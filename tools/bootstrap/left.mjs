import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Removes the unfinished work of killed processes. Call it with the lock that guards such work: then
 * all of it is stale, but a child that outlived its parent may still write into it, which is why
 * every piece has a name of its own and a failure here is left to the next time.
 *
 * @param {string} folder
 * @param {RegExp} names of the entries to remove
 */
export function removeLeft(folder, names) {
  for (const name of readdirSync(folder).filter((entry) => names.test(entry))) {
    try {
      rmSync(join(folder, name), { recursive: true, force: true });
    } catch {
      // Still being written to.
    }
  }
}
