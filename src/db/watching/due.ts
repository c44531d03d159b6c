import type { Knex } from 'knex';
import { z } from 'zod';
import { iso, query } from './query';
import type { DueServer } from './recording';
import { SERVER_COLUMNS, serverRow } from './rows';

/**
 * A server is never due later than one interval from now, and some seconds. If it seems so, the clock was put
 * back; nobody would look at it until the clock is there again. Its definition is read for that only where more
 * than a minute makes it suspicious.
 */
const IS_DUE = `(
  t.due_at <= :now
  or t.due_at > cast(:now as timestamptz) + interval '1 minute' and t.due_at > (
    select cast(:now as timestamptz)
      + ((d.definition ->> 'intervalMs')::bigint + 60000) * interval '1 millisecond'
    from game_servers d where d.key = t.server_key
  )
)`;

/** @see RoundRecorder.countDue */
export async function countDue(knex: Knex, now: number): Promise<number> {
  const [counted] = await query(
    knex,
    z.object({ count: z.number() }),
    `select count(*)::int as count from server_states t where ${IS_DUE}`,
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
     where ${IS_DUE} and t.server_key % :of = :batch
     order by t.server_key`,
    { now: iso(now), batch: part.batch, of: part.of },
  );
  return rows.map(({ server, state, version, dueAt, wished }) => ({
    server,
    state,
    version,
    dueAt: Math.min(dueAt, now),
    wished,
  }));
}
