import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/**
 * The folder of the product's package.json: where `tools/` lies, whether this file runs from the
 * sources or from `dist/`.
 *
 * @throws Error when there is none above `from`
 */
export function packageRoot(from = __dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) {
      throw new Error(`Castellan's package.json is missing above ${from}.`);
    }
  }
}

/** The product's version, as its package.json has it. */
export function productVersion(): string {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
