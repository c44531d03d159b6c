import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../temporal/places.mjs';
import { runStep } from './child.mjs';
import { say } from './say.mjs';

const MODULES = join(ROOT, 'node_modules');
const STAMP = join(MODULES, '.castellan-installed');
const STAGE = join(ROOT, '.castellan', 'set-up', 'install');

/** @returns {boolean} whether node_modules holds what package-lock.json asks for */
export function isInstalled() {
  const wanted = wantedStamp();
  if (readIfThere(STAMP) === wanted) return true;
  // Somebody ran `npm ci` or `npm install` by hand: as good as ours.
  if (!holdsTheLockFile()) return false;
  writeFileSync(STAMP, wanted);
  return true;
}

/**
 * Installs the packages beside the present ones and then changes places with them: a program that
 * runs meanwhile, or a kill in the middle, never sees half an installation.
 */
export async function install() {
  say('installing packages, because package-lock.json asks for others than are installed');
  rmSync(STAGE, { recursive: true, force: true });
  mkdirSync(STAGE, { recursive: true });
  for (const name of ['package.json', 'package-lock.json', '.npmrc']) {
    if (existsSync(join(ROOT, name))) cpSync(join(ROOT, name), join(STAGE, name));
  }
  const stamp = wantedStamp();
  const [command, ...first] = npm();
  await runStep({
    doing: 'installing packages',
    usually: 'half a minute to two minutes',
    command,
    // Types, compiler and tests are needed whatever NODE_ENV says.
    args: [...first, 'ci', '--include=dev', '--prefix', STAGE, '--no-progress'],
    cwd: STAGE,
    env: withoutNpmRun(process.env),
    shown: true,
  });
  writeFileSync(join(STAGE, 'node_modules', basename(STAMP)), stamp);
  changePlaces();
}

function changePlaces() {
  const old = join(STAGE, 'old_modules');
  if (existsSync(MODULES)) renameSync(MODULES, old);
  renameSync(join(STAGE, 'node_modules'), MODULES);
  rmSync(STAGE, { recursive: true, force: true });
}

/** The npm that started us, so that it is the one whose version the person knows. */
function npm() {
  const running = process.env.npm_execpath ?? '';
  return basename(running) === 'npm-cli.js' ? [process.execPath, running] : ['npm'];
}

/** What `npm run` sets for us would be taken by a second npm for settings of its own. */
function withoutNpmRun(env) {
  const own = /^(npm_package_|npm_lifecycle_|npm_command$|npm_config_local_prefix$|INIT_CWD$)/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name)));
}

function wantedStamp() {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const { dependencies, devDependencies, optionalDependencies, overrides, allowScripts } = manifest;
  return createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .update(
      JSON.stringify({
        dependencies,
        devDependencies,
        optionalDependencies,
        overrides,
        allowScripts,
      }),
    )
    .update(`${process.platform} ${process.arch}`)
    .digest('hex');
}

/** Compares with npm's own record of what it installed. Packages of other systems are not there. */
function holdsTheLockFile() {
  const record = readIfThere(join(MODULES, '.package-lock.json'));
  if (record === undefined) return false;
  const { packages: wanted } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const { packages: present } = JSON.parse(record);
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = present[path];
    if (found === undefined) return entry.optional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}
