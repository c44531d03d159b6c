import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../temporal/places.mjs';
import { runStep } from './child.mjs';
import { removeLeft } from './left.mjs';
import { say } from './say.mjs';

const MODULES = join(ROOT, 'node_modules');
const STAMP = join(MODULES, '.castellan-installed');
const WORK = join(ROOT, '.castellan', 'set-up');
const STAGE = join(WORK, `install-${process.pid}`);

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
  say(
    existsSync(MODULES)
      ? 'installing packages, because package-lock.json asks for others than are installed'
      : 'installing packages',
  );
  mkdirSync(STAGE, { recursive: true });
  for (const name of ['package.json', 'package-lock.json', '.npmrc']) {
    if (existsSync(join(ROOT, name))) cpSync(join(ROOT, name), join(STAGE, name));
  }
  const stamp = wantedStamp();
  try {
    await npmCi(STAGE);
    if (!changePlaces()) await npmCi(ROOT);
    writeFileSync(STAMP, stamp);
  } finally {
    removeLeft(WORK, /^install-/);
  }
}

async function npmCi(folder) {
  const [command, ...first] = npm();
  await runStep({
    doing: 'installing packages',
    usually: 'half a minute to two minutes',
    command,
    // Types, compiler and tests are needed whatever NODE_ENV says.
    args: [...first, 'ci', '--include=dev', '--prefix', folder, '--no-progress'],
    cwd: folder,
    env: withoutNpmRun(process.env),
    shown: true,
  });
}

/** @returns {boolean} false when node_modules is a mount of its own, which cannot be moved */
function changePlaces() {
  const [fresh, old] = [join(STAGE, 'node_modules'), join(STAGE, 'old_modules')];
  // npm makes no folder when there is nothing to install.
  mkdirSync(fresh, { recursive: true });
  try {
    if (existsSync(MODULES)) renameSync(MODULES, old);
    renameSync(fresh, MODULES);
    return true;
  } catch (error) {
    if (existsSync(old) && !existsSync(MODULES)) renameSync(old, MODULES);
    if (!['EBUSY', 'EXDEV', 'EPERM'].includes(error.code)) throw error;
    say(`node_modules cannot be exchanged (${error.code}): installing into it`);
    return false;
  }
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
