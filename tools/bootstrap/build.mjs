import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../temporal/places.mjs';
import { runStep } from './child.mjs';
import { removeLeft } from './left.mjs';
import { say } from './say.mjs';
import { contentOf, outputs, sources } from './sources.mjs';

const DIST = join(ROOT, 'dist');
const NEXT = `${DIST}.next-${process.pid}`;
const OLD = `${DIST}.old-${process.pid}`;
const STAMP = '.castellan-built';
const OWN = new Set([STAMP, '.gitignore', '.tsbuildinfo', 'workflow-bundle.js']);

/** @returns {boolean} whether dist/ was made from the present sources */
export function isBuilt() {
  try {
    return readFileSync(join(DIST, STAMP), 'utf8') === contentOf(sources());
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Compiles beside the present dist/ and then changes places with it: a program that runs meanwhile,
 * or a kill in the middle, never sees half a build. The old output is the base, of which the
 * compiler only renews what changed.
 */
export async function build() {
  say('building Castellan, because its sources changed');
  const from = sources();
  const stamp = contentOf(from);
  removeLeft(ROOT, /^dist\.(next|old)-/);
  if (existsSync(DIST)) cpSync(DIST, NEXT, { recursive: true });
  mkdirSync(NEXT, { recursive: true });
  // Of no version control's business, under whatever name.
  writeFileSync(join(NEXT, '.gitignore'), '*\n');
  rmSync(join(NEXT, STAMP), { force: true });
  try {
    await runStep({
      doing: 'building Castellan',
      usually: 'half a minute',
      command: process.execPath,
      args: [
        join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'),
        ...['-p', 'tsconfig.build.json', '--outDir', NEXT],
        ...['--tsBuildInfoFile', join(NEXT, '.tsbuildinfo')],
      ],
      cwd: ROOT,
    });
    copyOtherFiles(from);
    removeOrphans(new Set(from.flatMap(outputs)));
    // Made once here, it saves each start of a worker some seconds.
    await runStep({
      doing: 'bundling the workflows',
      usually: 'three seconds',
      command: process.execPath,
      args: [join(NEXT, 'worker', 'bundle.js')],
      cwd: ROOT,
    });
    writeFileSync(join(NEXT, STAMP), stamp);
    if (existsSync(DIST)) renameSync(DIST, OLD);
    renameSync(NEXT, DIST);
  } finally {
    removeLeft(ROOT, /^dist\.(next|old)-/);
  }
}

/** Pages, YAML and the like lie beside the code that reads them, also in dist/. */
function copyOtherFiles(from) {
  for (const path of from.filter((name) => !name.endsWith('.ts'))) {
    mkdirSync(dirname(join(NEXT, path)), { recursive: true });
    cpSync(join(ROOT, path), join(NEXT, path));
  }
}

/** A module whose source is gone would still be found by whoever imports it. */
function removeOrphans(expected, folder = '') {
  for (const entry of readdirSync(join(NEXT, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removeOrphans(expected, path);
    else if (!expected.has(path) && !OWN.has(path)) rmSync(join(NEXT, path));
  }
  if (folder !== '' && readdirSync(join(NEXT, folder)).length === 0) {
    rmSync(join(NEXT, folder), { recursive: true });
  }
}
