import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isAlive, processIdentity, type ProcessIdentity } from './process-identity';
import { systemErrorCode } from '../../observability/system-error';

/** Another Castellan works on the same data directory. */
export class DataInUseError extends Error {
  readonly code = 'data-in-use';

  constructor(
    readonly directory: string,
    readonly holder: ProcessIdentity,
  ) {
    super(
      `Castellan already runs on the data in ${directory}: process ${holder.pid}. Stop that one first (Ctrl-C where it runs, or "kill ${holder.pid}"), or give this one another CASTELLAN_DATA_DIR.`,
    );
    this.name = 'DataInUseError';
  }
}

/** The right to work on a data directory, held until it is released or the process is gone. */
export interface DataLock {
  release(): void;
}

/**
 * Takes the lock of a data directory. One that a dead process left behind is taken over.
 *
 * @throws DataInUseError when a living process holds it
 */
export function takeDataLock(directory: string): DataLock {
  const own = identify(process.pid);
  if (!own) throw new Error('This process cannot find itself among the processes of the system.');
  const path = join(directory, 'lock');
  // Each round either takes the lock, meets a living holder or clears away a dead one's.
  for (let round = 0; round < 50; round += 1) {
    if (createWhole(path, JSON.stringify(own))) {
      return {
        release: () => {
          removeIfOwn(path, own);
        },
      };
    }
    const holder = holderOf(path);
    if (holder && isAlive(holder)) throw new DataInUseError(directory, holder);
    clearStale(path, own);
  }
  throw new Error(`The lock ${path} cannot be taken: others keep taking it over. Try again.`);
}

/** Who holds the lock of a data directory and is alive, if anyone. */
export function dataLockHolder(directory: string): ProcessIdentity | undefined {
  const holder = holderOf(join(directory, 'lock'));
  return holder && isAlive(holder) ? holder : undefined;
}

/** Creates a file with its whole content, or not at all if there is one already. */
function createWhole(path: string, content: string): boolean {
  const made = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(made, content, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(made, path);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(made, { force: true });
  }
}

/**
 * Removes a dead holder's lock. Only one process at a time may do so, and only after looking again:
 * otherwise a slow one would remove the lock that a quick one has just taken over.
 */
function clearStale(path: string, own: ProcessIdentity): void {
  const guard = `${path}.takeover`;
  if (!createWhole(guard, JSON.stringify(own))) {
    const other = holderOf(guard);
    if (other && isAlive(other)) return;
    const age = Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > 1_000) rmSync(guard, { force: true });
    return;
  }
  try {
    const holder = holderOf(path);
    if (!holder || !isAlive(holder)) rmSync(path, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

function removeIfOwn(path: string, own: ProcessIdentity): void {
  const holder = holderOf(path);
  if (holder?.pid === own.pid && holder.started === own.started) rmSync(path, { force: true });
}

/** Undefined too when the file is damaged: nobody living writes such a one. */
function holderOf(path: string): ProcessIdentity | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return processIdentity.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
