import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Connection, type ConnectionLike } from '@temporalio/client';
import { Client } from 'pg';
import { missingSearchAttributes } from '../../src/temporal/search-attributes';
import { databaseUrl, freshNamespace, temporal } from '.';

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('PostgreSQL', () => {
  it('is version 18', async () => {
    const rows = await query(await databaseUrl(), 'show server_version_num');
    expect(rows).toEqual([{ server_version_num: expect.stringMatching(/^18/) }]);
  });

  it('gives every caller an empty database of its own', async () => {
    const [one, two] = [await databaseUrl(), await databaseUrl()];
    await query(one, 'create table marks (id int primary key)');
    expect(one).not.toBe(two);
    expect(await query(two, `select to_regclass('marks') as found`)).toEqual([{ found: null }]);
  });

  it('has the extensions that the migrations use', async () => {
    const url = await databaseUrl();
    await query(url, 'create extension pg_trgm');
    expect(await query(url, `select extname from pg_extension where extname = 'pg_trgm'`)).toEqual([
      { extname: 'pg_trgm' },
    ]);
  });
});

describe('the Temporal dev server', () => {
  let connection: Connection;

  beforeAll(async () => {
    connection = await Connection.connect({ address: temporal().address });
  });

  afterAll(async () => {
    await connection.close();
  });

  const missing = (like: ConnectionLike, namespace: string) =>
    missingSearchAttributes(like, namespace);

  it('answers, with the search attributes of the contract', async () => {
    expect(await missing(connection, temporal().namespace)).toEqual([]);
  });

  it('gives every caller a namespace of its own, ready to be queried', async () => {
    const [one, two] = await Promise.all([freshNamespace(), freshNamespace()]);
    expect(one.namespace).not.toBe(two.namespace);
    expect(await missing(connection, one.namespace)).toEqual([]);
    const { count } = await connection.workflowService.countWorkflowExecutions({
      namespace: two.namespace,
      query: `CastellanStatus = 'open' AND CastellanNumber = 1`,
    });
    expect(Number(count)).toBe(0);
  });

  it('shows its Web UI and its metrics', async () => {
    const ui = await fetch(temporal().uiUrl);
    expect(await ui.text()).toContain('<html');
    const metrics = await fetch(temporal().metricsUrl);
    expect(await metrics.text()).toContain('# TYPE service_requests counter');
  });
});
