import type { Knex } from 'knex';
import { z } from 'zod';
import { iso, query } from './query';
import type { DueServer } from './recording';
import { SERVER_COLUMNS, serverRow } from './rows';

/** @see RoundRecorder.countDue */
export async function countDue(knex: Knex, now: number): Promise<number> {
  const [counted] = await query(
    knex,
    z.object({ count: z.number() }),
    'select count(*)::int as count from server_states where due_at <= :now',
    { now: iso(now) },
  );
  return counted?.count ?? 0;
}

/** The remainder of a server's key tells its batch: whatever is recorded meanwhile, it stays in it. */
export async function due(
  knex: Knex,
  now: number,
  part: { readonly batch: number; readonly of: number },
): Promise<DueServer[]> {
  const rows = await query(
    knex,
    serverRow,
    `${SERVER_COLUMNS}
     where t.due_at <= :now and t.server_key % :of = :batch
     order by t.server_key`,
    { now: iso(now), batch: part.batch, of: part.of },
  );
  return rows.map(({ server, state, version, dueAt, wished }) => ({
    server,
    state,
    version,
    dueAt,
    wished,
  }));
}
