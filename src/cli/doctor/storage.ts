import { randomBytes } from 'node:crypto';
import { openStorage } from '../../storage/open';
import { ill, reasonOf, well, type Examination } from './finding';

/** Whether what is stored can be read back, listed and deleted. */
export const examineStorage: Examination = async ({ storageUrl, dataDir }) => {
  const key = `doctor/${randomBytes(8).toString('hex')}`;
  const written = randomBytes(32);
  try {
    const storage = openStorage(storageUrl, dataDir);
    await storage.put(key, written, { contentType: 'application/octet-stream' });
    const read = await storage.get(key);
    await storage.delete(key);
    if (!read?.equals(written)) throw new Error('what is stored is not what is read back');
    return [well('The storage can be written and read')];
  } catch (error) {
    return [
      ill(
        `The storage cannot be used: ${reasonOf(error)}.`,
        'See that the folder of STORAGE_URL (or the data directory) exists, has space, and belongs to this user.',
      ),
    ];
  }
};
