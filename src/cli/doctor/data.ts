import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataLockHolder } from '../supervision/data-lock';
import { ill, reasonOf, well, type Examination } from './finding';

/** Whether the data directory can be written, and who works on it. */
export const examineData: Examination = ({ dataDir }) => {
  const probe = join(dataDir, `doctor-${randomBytes(4).toString('hex')}`);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(probe, 'probe');
    const same = readFileSync(probe, 'utf8') === 'probe';
    if (!same) throw new Error('what is written is not what is read back');
  } catch (error) {
    return Promise.resolve([
      ill(
        `${dataDir} cannot be used: ${reasonOf(error)}.`,
        'Give this user the right to write there, or set CASTELLAN_DATA_DIR to another folder.',
      ),
    ]);
  } finally {
    rmSync(probe, { force: true });
  }
  const holder = dataLockHolder(dataDir);
  const use = holder ? `Castellan runs on it (process ${holder.pid})` : 'nobody works on it now';
  return Promise.resolve([well(`${dataDir} can be written; ${use}`)]);
};
