import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFileStorage } from './file';
import type { ObjectStorage } from './storage';

/** The storage's address is of a kind that is not built in. */
export class UnsupportedStorage extends Error {
  readonly code = 'unsupported-storage';

  constructor(readonly protocol: string) {
    super(
      `STORAGE_URL begins with ${protocol}, which is not supported. ` +
        'Use a folder, for example file:///var/lib/castellan/storage.',
    );
    this.name = 'UnsupportedStorage';
  }
}

/**
 * @param storageUrl `STORAGE_URL`; absent: the data directory's `storage`
 * @param dataDir absolute path of the data directory
 * @throws UnsupportedStorage
 */
export function openStorage(storageUrl: string | undefined, dataDir: string): ObjectStorage {
  if (storageUrl === undefined) return createFileStorage(join(dataDir, 'storage'));
  const url = new URL(storageUrl);
  if (url.protocol !== 'file:') throw new UnsupportedStorage(url.protocol);
  return createFileStorage(fileURLToPath(url));
}
