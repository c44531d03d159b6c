import type { Knex } from 'knex';
import { z } from 'zod';
import type { IncidentNews } from '../../domain/watching/incident';
import type { NameWish } from '../../../workflows/channel-name/contract';
import { execute, instant, query, whole } from './query';
import type { WatchNews } from './recording';
import { causeSchema, policySchema } from './rows';

const time = z.number();

const incidentNews = z.union([
  z.object({
    type: z.literal('server-down'),
    server: z.object({
      serverKey: z.number(),
      name: z.string(),
      since: time,
      cause: causeSchema,
      until: time.nullable(),
      unknownMs: z.number(),
    }),
  }),
  z.object({ type: z.literal('cause-changed'), serverKey: z.number(), cause: causeSchema }),
  z.object({
    type: z.literal('server-up'),
    serverKey: z.number(),
    until: time,
    unknownMs: z.number(),
    removed: z.literal(true).exactOptional(),
  }),
  z.object({ type: z.literal('flapping'), serverKey: z.number(), flapping: z.boolean() }),
]) satisfies z.ZodType<IncidentNews>;

const wish = z.object({
  name: z.string(),
  urgent: z.boolean(),
  at: time,
  onManualRename: z.enum(['respect', 'restore']),
}) satisfies z.ZodType<NameWish>;

const newsRow = z
  .object({ id: whole, guild_id: z.string(), payload: z.unknown() })
  .and(
    z.union([
      z.object({ incident_id: z.string(), policy: policySchema, opened_at: instant }),
      z.object({ channel_id: z.string() }),
    ]),
  );

/** @see NewsRecorder.pendingNews */
export async function pendingNews(knex: Knex, limit: number): Promise<WatchNews[]> {
  const rows = await query(
    knex,
    newsRow,
    `select n.id, n.guild_id, n.incident_id, n.channel_id, n.payload, i.policy, i.opened_at
     from watch_news n left join incidents i on i.id = n.incident_id
     order by n.id limit :limit`,
    { limit },
  );
  return rows.map((row) => {
    const { id, guild_id: guildId, payload } = row;
    if ('channel_id' in row) {
      return { id, guildId, type: 'name', channelId: row.channel_id, wish: wish.parse(payload) };
    }
    return {
      ...{ id, guildId, type: 'incident', incidentId: row.incident_id },
      ...{ policy: row.policy, openedAt: row.opened_at, news: incidentNews.parse(payload) },
    };
  });
}

/** @see NewsRecorder.newsDelivered */
export async function newsDelivered(knex: Knex, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await execute(knex, 'delete from watch_news where id = any(cast(:ids as bigint[]))', {
    ids: [...ids],
  });
}
