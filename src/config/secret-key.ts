import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from './environment';
import { systemErrorCode } from '../observability/system-error';

/**
 * The secret that keys hashes, seals and signed links: SECRET_KEY, or else the one in the data
 * directory, which is made at the first call (32 random bytes, readable by this user alone).
 *
 * Processes that run on several machines need SECRET_KEY itself, or they would each make their own.
 *
 * @throws when the data directory cannot be written, or what it holds is no key.
 */
export function ensureSecretKey(environment: Pick<Environment, 'secretKey' | 'dataDir'>): Buffer {
  if (environment.secretKey) return environment.secretKey;
  const path = join(environment.dataDir, 'secret-key');
  const existing = readKey(path);
  if (existing) return existing;

  mkdirSync(environment.dataDir, { recursive: true });
  const made = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(made, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    // A link appears whole or not at all, and never over another's: whoever is first wins.
    linkSync(made, path);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(made, { force: true });
  }
  const key = readKey(path);
  if (!key) throw new Error(`The secret key ${path} vanished as soon as it was made.`);
  return key;
}

function readKey(path: string): Buffer | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length < 32) {
    throw new Error(
      `The secret key ${path} is damaged. Restore it from a backup; if there is none, delete it: a new one is made, and links and codes that are in use become invalid.`,
    );
  }
  return key;
}
