import { execFileSync, type ExecFileSyncOptions } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { keptFolder } from './user-cache';

/** The sources of what is compared with: what to install, and a program in Python. */
export const RIVALS_FOLDER = join(process.cwd(), 'bench', 'watch', 'rivals');

const QUIETLY: ExecFileSyncOptions = { stdio: ['ignore', 'ignore', 'pipe'], timeout: 120_000 };

/** Installs the packages from npm that are compared with, once a user. */
export function installPackages(): string {
  const files = ['package.json', 'package-lock.json'].map((name) => join(RIVALS_FOLDER, name));
  return keptFolder('bench-rivals', files, (folder) => {
    for (const name of ['package.json', 'package-lock.json']) {
      cpSync(join(RIVALS_FOLDER, name), join(folder, name));
    }
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder];
    execFileSync('npm', args, { cwd: folder, ...QUIETLY });
  });
}

/** Installs those from PyPI, once a user. @returns the folder for PYTHONPATH */
export function installPython(): string {
  const requirements = join(RIVALS_FOLDER, 'requirements.txt');
  return keptFolder('bench-rivals-python', [requirements], (folder) => {
    const args = ['-m', 'pip', 'install', '--quiet', '--target', folder, '-r', requirements];
    execFileSync('python3', args, QUIETLY);
  });
}
