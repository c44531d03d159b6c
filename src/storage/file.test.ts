import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeObjectStorage } from '../../test/contracts/object-storage';
import { createFileStorage } from './file';
import { openStorage, UnsupportedStorage } from './open';

let base: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'castellan-storage-'));
});
afterAll(async () => {
  await rm(base, { recursive: true });
});

const newRoot = async () => join(await mkdtemp(join(base, 'root-')), 'storage');

describeObjectStorage('files', async () => createFileStorage(await newRoot()));

describe('file storage', () => {
  const plain = { contentType: 'text/plain' };

  it('lets nobody else read', async () => {
    const root = await newRoot();
    await createFileStorage(root).put('cases/1/text', Buffer.from('secret'), plain);
    const mode = async (...path: string[]) => (await stat(join(root, ...path))).mode & 0o777;
    expect(await mode('cases', '1', 'text')).toBe(0o600);
    expect(await mode('cases', '1')).toBe(0o700);
    expect(await mode()).toBe(0o700);
  });

  it('leaves nothing half written behind when it cannot finish', async () => {
    const root = await newRoot();
    // A folder where the object should be: the last step, moving it into its place, fails.
    await mkdir(join(root, 'cases', 'taken', 'inside'), { recursive: true });
    await expect(
      createFileStorage(root).put('cases/taken', Buffer.from('x'), plain),
    ).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/u);
    expect(await readdir(join(root, 'cases'))).toEqual(['taken']);
  });

  it('does not list what a killed process left half written', async () => {
    const root = await newRoot();
    const storage = createFileStorage(root);
    await storage.put('cases/1', Buffer.from('x'), plain);
    await writeFile(join(root, 'cases', '.unfinished-0'), 'half');
    expect(await storage.list('cases/')).toEqual(['cases/1']);
  });
});

describe('openStorage', () => {
  it('uses a folder of the data directory unless told', async () => {
    const dataDir = await newRoot();
    await openStorage(undefined, dataDir).put('a', Buffer.from('x'), { contentType: 'text/plain' });
    expect(await readdir(join(dataDir, 'storage'))).toEqual(['a']);
  });

  it('uses the folder that a file URL names', async () => {
    const folder = `${await newRoot()} with a space`;
    const storage = openStorage(pathToFileURL(folder).href, '/nowhere');
    await storage.put('a', Buffer.from('x'), { contentType: 'text/plain' });
    expect(await readdir(folder)).toEqual(['a']);
  });

  it('says which addresses it does not support', () => {
    expect(() => openStorage('s3://bucket/prefix', '/nowhere')).toThrow(UnsupportedStorage);
    expect(() => openStorage('s3://bucket/prefix', '/nowhere')).toThrow('STORAGE_URL');
  });
});
