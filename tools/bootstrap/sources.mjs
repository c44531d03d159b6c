import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../temporal/places.mjs';

/** The folders whose TypeScript is compiled into dist/ and whose other files are copied there. */
const FOLDERS = [
  'bin',
  'src',
  'workflows',
  'activities',
  'worker',
  'migrations',
  'sandbox',
  'bench',
];
const SETTINGS = ['tsconfig.json', 'tsconfig.build.json', 'package.json', 'package-lock.json'];

/**
 * @returns {string[]} every file that dist/ is made from, relative to the checkout, sorted
 */
export function sources() {
  return FOLDERS.flatMap((folder) => walk(folder))
    .filter((path) => !path.endsWith('.test.ts') && !path.endsWith('.md'))
    .sort();
}

/**
 * @param {string} path a source
 * @returns {string[]} the files of dist/ that come from it
 */
export function outputs(path) {
  if (path.endsWith('.d.ts')) return [];
  if (!path.endsWith('.ts')) return [path];
  const stem = path.slice(0, -'.ts'.length);
  return [`${stem}.js`, `${stem}.js.map`];
}

/**
 * @param {string[]} paths sources
 * @returns {string} changes with any of them, and with what decides how they are compiled
 */
export function contentOf(paths) {
  const hash = createHash('sha256');
  for (const path of [...SETTINGS, ...paths]) {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(ROOT, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

function walk(folder) {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path);
    return entry.isFile() ? [path] : [];
  });
}
