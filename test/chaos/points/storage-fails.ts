import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Client } from 'pg';
import { untilTrue } from '../../integration/castellan-process';
import type { Trial } from '../trial';
import { close, hasChannel, openScene, statusOf, untilClosed, untilStaffKnow } from './scene';

/** The storage cannot be written, for as long as nobody mends it: nothing may be deleted. */
export async function loseStorage(trial: Trial, name: string): Promise<void> {
  const { storageDir } = trial.castle;
  const scene = await openScene(trial, name);
  const away = `${storageDir}.away`;
  if (existsSync(storageDir)) renameSync(storageDir, away);
  writeFileSync(storageDir, 'where a folder should be');
  try {
    await close(trial, scene);
    await untilStaffKnow(trial, scene.ticket, /closing is delayed \(storage/);
    const status = await statusOf(trial, scene.ticket);
    if (status !== 'closing' || !(await hasChannel(trial, scene.ticket))) {
      throw new Error(`The conversation cannot be stored, but the ticket is ${String(status)}.`);
    }
  } finally {
    rmSync(storageDir, { force: true });
    if (existsSync(away)) renameSync(away, storageDir);
  }
  await untilClosed(trial, scene);
}

/**
 * The conversation was stored, but whoever stored it never learns that: its connection to the
 * database breaks before it is recorded, or it dies.
 *
 * @param how what happens at that point
 */
export async function storeInVain(
  trial: Trial,
  name: string,
  how: 'connection breaks' | 'worker dies',
): Promise<void> {
  const { castle } = trial;
  const scene = await openScene(trial, name);
  await castle.database(async (client) => {
    await client.query('begin; lock table case_conversations in exclusive mode');
    await close(trial, scene);
    const waiting = await whoWaits(client);
    if (how === 'worker dies') castle.killNow('worker');
    await client.query('select pg_terminate_backend($1)', [waiting]);
    await client.query('rollback');
  });
  await untilClosed(trial, scene);
}

/** The server process that waits for the lock: the conversation lies in the storage by then. */
async function whoWaits(client: Client): Promise<number> {
  let found: number | undefined;
  await untilTrue('the conversation to be recorded', async () => {
    const { rows } = await client.query<{ pid: number }>(
      `select pid from pg_locks where relation = 'case_conversations'::regclass and not granted`,
    );
    found = rows[0]?.pid;
    return found !== undefined;
  });
  return found ?? 0;
}
