import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { leftOutKey } from '../../src/storage/deliveries';
import { createFileStorage } from '../../src/storage/file';
import { foundOf, keepFound } from './found-commits';

describe('commits that were asked for', () => {
  const key = 'deliveries/1/keep/2026-11-23/b-1';
  const push = {
    identity: 'push:1',
    commits: [{ identity: 'commit:a', sha: 'a', title: 'Stone', author: null, url: null, at: 1 }],
    total: null,
  };
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'castellan-found-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('are the same when they are read', async () => {
    const storage = createFileStorage(folder);
    expect((await foundOf({ storage }, key)).size).toBe(0);
    await keepFound({ storage }, key, [push]);
    expect([...(await foundOf({ storage }, key)).values()]).toEqual([push]);
  });

  it.each(['', '{"version":2}', '{"version":1,"pushes":[{}]}'])(
    'are none where there is something else: %s',
    async (text) => {
      const storage = createFileStorage(folder);
      await storage.put(leftOutKey(key), Buffer.from(text), { contentType: 'application/json' });
      expect((await foundOf({ storage }, key)).size).toBe(0);
    },
  );

  it('are waited for while the storage is away', async () => {
    const file = join(folder, 'no-folder');
    await writeFile(file, '');
    const storage = createFileStorage(file);
    await expect(keepFound({ storage }, key, [push])).rejects.toMatchObject({
      code: 'storage-unavailable',
    });
  });
});
