import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import { Client } from 'pg';
import { part } from './addresses';

let count = 0;

/**
 * A new, empty database, for the calling test alone.
 *
 * @returns its connection URL, with the rights of a superuser. The database is dropped some time
 *   after the test file has ended; close your connections nevertheless.
 */
export async function databaseUrl(): Promise<string> {
  const admin = part('postgres');
  count += 1;
  const own = ownPrefix();
  const name = `${own}${count}`;
  const client = new Client({ connectionString: admin });
  await client.connect();
  try {
    if (count === 1) await dropFinished(client, own);
    await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return url.href;
}

const workerPrefix = () => `worker_${process.env.JEST_WORKER_ID ?? '1'}_`;

function ownPrefix(): string {
  const file = expect.getState().testPath ?? '';
  return `${workerPrefix()}${createHash('sha256').update(file).digest('hex').slice(0, 8)}_`;
}

/** A process runs one test file at a time: databases of its other files are no longer in use. */
async function dropFinished(client: Client, own: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select datname as name from pg_database
      where starts_with(datname, $1) and not starts_with(datname, $2)`,
    [workerPrefix(), own],
  );
  for (const { name } of rows) {
    await client.query(`drop database ${client.escapeIdentifier(name)} with (force)`);
  }
}
