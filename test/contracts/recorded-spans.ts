import type { Knex } from 'knex';
import { z } from 'zod';

const instant = z.date().transform((date) => date.getTime());
const spanOfKey = z.object({ key: z.number(), from: instant, to: instant.nullable() });
const recordedSpan = z.object({
  id: z.string(),
  kind: z.enum(['up', 'down', 'unknown', 'maintenance']),
  from: instant,
  to: instant.nullable(),
});

/** The spans of every server, in the order of time. */
export async function recordedSpans(knex: Knex): Promise<z.infer<typeof recordedSpan>[]> {
  const rows: unknown = await knex('server_spans as s')
    .join('game_servers as g', 'g.key', 's.server_key')
    .orderBy(['g.id', 's.started_at'])
    .select('g.id', 's.kind', { from: 's.started_at' })
    .select(knex.raw(`nullif(s.ended_at, 'infinity') as to`));
  return z.array(recordedSpan).parse(rows);
}

/** The same with the servers' keys, which are never used again. */
export async function recordedSpansByKey(knex: Knex): Promise<z.infer<typeof spanOfKey>[]> {
  const rows: unknown = await knex('server_spans')
    .orderBy(['server_key', 'started_at'])
    .select({ key: 'server_key', from: 'started_at' })
    .select(knex.raw(`nullif(ended_at, 'infinity') as to`));
  return z.array(spanOfKey).parse(rows);
}
