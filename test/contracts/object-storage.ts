import { describe, it, expect, beforeEach } from '@jest/globals';
import { InvalidKey, type ObjectStorage } from '../../src/storage/storage';

const JSON_TYPE = { contentType: 'application/json' };

/**
 * What every storage promises. Call it in a test file of each.
 *
 * @param create gives an empty storage
 */
export function describeObjectStorage(name: string, create: () => Promise<ObjectStorage>): void {
  describe(`${name} as an object storage`, () => {
    let storage: ObjectStorage;
    beforeEach(async () => {
      storage = await create();
    });

    it('gives back exactly the bytes that it was given', async () => {
      const bytes = Buffer.from(Array.from({ length: 1_000 }, (_, index) => index % 256));
      await storage.put('cases/1/a.bin', bytes, { contentType: 'application/octet-stream' });
      expect(await storage.get('cases/1/a.bin')).toEqual(bytes);
    });

    it('stores an empty object', async () => {
      await storage.put('empty', Buffer.alloc(0), JSON_TYPE);
      expect(await storage.get('empty')).toEqual(Buffer.alloc(0));
    });

    it('knows no object that was not stored', async () => {
      await storage.put('cases/1.json', Buffer.from('{}'), JSON_TYPE);
      expect(await storage.get('cases/2.json')).toBeNull();
      expect(await storage.get('cases/1.json/inside')).toBeNull();
    });

    it('replaces an object as a whole', async () => {
      await storage.put('one', Buffer.from('a long first text'), JSON_TYPE);
      await storage.put('one', Buffer.from('short'), JSON_TYPE);
      expect((await storage.get('one'))?.toString()).toBe('short');
      expect(await storage.list('')).toEqual(['one']);
    });

    it('holds one whole object when many write the same key at once', async () => {
      const texts = Array.from({ length: 8 }, (_, index) => String(index).repeat(50_000));
      await Promise.all(texts.map((text) => storage.put('same', Buffer.from(text), JSON_TYPE)));
      expect(texts).toContain((await storage.get('same'))?.toString());
      expect(await storage.list('')).toEqual(['same']);
    });

    it('lists the keys with a prefix in ascending order', async () => {
      for (const key of ['b/2', 'a/10/x', 'a/1/y', 'a/1/x', 'a/1.json', 'ab']) {
        await storage.put(key, Buffer.from(key), JSON_TYPE);
      }
      expect(await storage.list('')).toEqual(['a/1.json', 'a/1/x', 'a/1/y', 'a/10/x', 'ab', 'b/2']);
      expect(await storage.list('a/1/')).toEqual(['a/1/x', 'a/1/y']);
      expect(await storage.list('a/1')).toEqual(['a/1.json', 'a/1/x', 'a/1/y', 'a/10/x']);
      expect(await storage.list('nothing/')).toEqual([]);
      expect(await storage.list('b/2/')).toEqual([]);
    });

    it('forgets what is deleted, and does not mind deleting it again', async () => {
      await storage.put('a/1', Buffer.from('1'), JSON_TYPE);
      await storage.delete('a/1');
      await storage.delete('a/1');
      await storage.delete('never/there');
      expect(await storage.get('a/1')).toBeNull();
      expect(await storage.list('')).toEqual([]);
    });

    it.each([
      ['nothing', ''],
      ['a way out', '../outside'],
      ['a way out in the middle', 'a/../../outside'],
      ['an absolute path', '/etc/passwd'],
      ['a part without a name', 'a//b'],
      ['an end without a name', 'a/'],
      ['a hidden file', 'a/.hidden'],
      ['a backslash', 'a\\..\\b'],
      ['a null byte', 'a\0b'],
      ['a drive', 'C:/a'],
      ['a line break', 'a\nb'],
      ['a letter that file systems write differently', 'caf\u00e9'],
      ['a very long part', 'x'.repeat(201)],
      ['a very long key', 'x/'.repeat(300) + 'x'],
    ])('refuses a key that is %s', async (_what, key) => {
      const bytes = Buffer.from('x');
      await expect(storage.put(key, bytes, JSON_TYPE)).rejects.toThrow(InvalidKey);
      await expect(storage.get(key)).rejects.toThrow(InvalidKey);
      await expect(storage.delete(key)).rejects.toThrow(InvalidKey);
    });

    it('lists nothing outside of itself', async () => {
      await expect(storage.list('../')).rejects.toThrow(InvalidKey);
      await expect(storage.list('a/../../')).rejects.toThrow(InvalidKey);
      expect(await storage.list('..')).toEqual([]);
    });
  });
}
