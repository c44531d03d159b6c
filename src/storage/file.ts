import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { isNativeError } from 'node:util/types';
import { checkKey, type ObjectStorage } from './storage';

/** Only the user whose Castellan it is may read what people wrote. */
const FILE_MODE = 0o600;
const DIRECTORY_MODE = 0o700;

/** No key begins with a dot: what is half written is never listed. */
const UNFINISHED = '.unfinished-';

/**
 * Objects as files. Each is written beside its place, brought to the disk, and then moved into it:
 * a crash leaves the old object or the new one, never a part.
 *
 * @param rootDirectory absolute path; it is created with the first object
 */
export function createFileStorage(rootDirectory: string): ObjectStorage {
  const root = resolve(rootDirectory);
  const pathOf = (key: string): string => {
    checkKey(key);
    return join(root, key);
  };
  return {
    async put(key, bytes) {
      const path = pathOf(key);
      const directory = dirname(path);
      await makeDirectory(directory);
      const unfinished = join(directory, `${UNFINISHED}${randomUUID()}`);
      try {
        await writeDurably(unfinished, bytes);
        await rename(unfinished, path);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
      await syncDirectory(directory);
    },

    async get(key) {
      return unlessMissing(readFile(pathOf(key)), null);
    },

    async list(prefix) {
      // Only the folder that the prefix leads to is walked: the storage may be large.
      const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      const start = folder === '' ? root : pathOf(folder.slice(0, -1));
      const entries = await unlessMissing(
        readdir(start, { recursive: true, withFileTypes: true }),
        [],
      );
      return entries
        .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
        .filter((key) => key.startsWith(prefix))
        .sort();
    },

    async delete(key) {
      const path = pathOf(key);
      await rm(path, { force: true });
      await unlessMissing(syncDirectory(dirname(path)), undefined);
    },
  };
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', FILE_MODE);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A new directory is only safe on the disk when the one that holds it is. */
async function makeDirectory(directory: string): Promise<void> {
  const first = await mkdir(directory, { recursive: true, mode: DIRECTORY_MODE });
  if (first === undefined) return;
  const top = dirname(first);
  for (let current = dirname(directory); ; current = dirname(current)) {
    await syncDirectory(current);
    if (current === top) return;
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function unlessMissing<T>(work: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isNativeError(error) && 'code' in error && isMissing(error.code)) return otherwise;
    throw error;
  }
}

/** A part of the key may also be a file: then there is nothing below it. */
function isMissing(code: unknown): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR';
}
