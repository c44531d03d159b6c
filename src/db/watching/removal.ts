import type { Knex } from 'knex';
import { execute, iso } from './query';
import { lockIncidents } from './outages';

/** Ends the servers' lives. What was recorded of them stays; an outage that is going on ends, and it is told. */
export async function removeServers(
  transaction: Knex,
  guildId: string,
  keys: readonly number[],
  now: number,
): Promise<void> {
  const bindings = { keys: [...keys], now: iso(now), guildId };
  // The order in which rounds lock as well: states by their keys, then incidents.
  await transaction.raw(
    `select from server_states where server_key = any(:keys) order by server_key for update`,
    bindings,
  );
  await lockIncidents(transaction, [guildId]);
  await execute(
    transaction,
    `with ended as (
       update incident_servers d
       set ended_at = greatest(:now, d.started_at),
         unknown_ms = coalesce((t.state ->> 'outageUnknownMs')::bigint, 0)
       from server_states t
       where d.server_key = any(:keys) and d.ended_at is null and t.server_key = d.server_key
       returning d.*
     )
     insert into watch_news (guild_id, incident_id, payload)
     select :guildId, incident_id, jsonb_build_object(
       'type', 'server-up', 'serverKey', server_key, 'removed', true, 'unknownMs', unknown_ms,
       'until', round(extract(epoch from ended_at) * 1000)::bigint)
     from ended order by server_key`,
    bindings,
  );
  await execute(
    transaction,
    `update server_spans
     set ended_at = greatest(:now, started_at + interval '1 millisecond')
     where server_key = any(:keys) and ended_at = 'infinity'`,
    bindings,
  );
  await execute(
    transaction,
    `update game_servers set removed_at = greatest(:now, added_at)
     where key = any(:keys) and removed_at is null`,
    bindings,
  );
  for (const table of ['server_states', 'server_windows', 'outage_subscriptions']) {
    await transaction(table)
      .whereIn('server_key', [...keys])
      .delete();
  }
}
