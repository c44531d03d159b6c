import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { keptFolder } from './user-cache';

/** The sources of what is compared with: what to install, and a program in Python. */
export const RIVALS_FOLDER = join(process.cwd(), 'bench', 'watch', 'rivals');

const run = promisify(execFile);
const PATIENCE_MS = 120_000;

/** Installs the packages from npm that are compared with, once a user. */
export function installPackages(): Promise<string> {
  const files = ['package.json', 'package-lock.json'].map((name) => join(RIVALS_FOLDER, name));
  return keptFolder('bench-rivals', files, async (folder) => {
    for (const name of ['package.json', 'package-lock.json']) {
      cpSync(join(RIVALS_FOLDER, name), join(folder, name));
    }
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder];
    await run('npm', args, { cwd: folder, timeout: PATIENCE_MS });
  });
}

/** Installs those from PyPI. @returns the Python that has them */
export async function installPython(): Promise<string> {
  const requirements = join(RIVALS_FOLDER, 'requirements.txt');
  const packages = await keptFolder('bench-rivals-python', [requirements], async (folder) => {
    const args = ['-m', 'pip', 'install', '--quiet', '--target', folder, '-r', requirements];
    await run('python3', args, { timeout: PATIENCE_MS });
  });
  return packages;
}
