import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Names the folder with the packages that are compared with. */
export const RIVALS_VARIABLE = 'CASTELLAN_BENCH_RIVALS';

/**
 * Loads a package that is compared with; it is none of the product's.
 *
 * @param isWanted whether what the package exports has the form that is used of it
 */
export function rival<Exports>(
  name: string,
  isWanted: (exports: unknown) => exports is Exports,
): Exports {
  const folder = process.env[RIVALS_VARIABLE] ?? '';
  const loaded: unknown = createRequire(join(folder, 'package.json'))(name);
  if (!isWanted(loaded)) throw new Error(`${name} has another form than was expected.`);
  return loaded;
}
