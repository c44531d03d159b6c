import type { Knex } from 'knex';
import type { z } from 'zod';
import { blindTime } from '../../domain/watching/blind-time';
import { observe } from '../../domain/watching/observe';
import { statusOf } from '../../domain/watching/status';
import { query } from './query';
import type { ServerOverview } from './reading';
import { SERVER_COLUMNS, serverRow } from './rows';

/** The guild's servers in their order, or the one with this id. */
export async function overviews(
  knex: Knex,
  which: { readonly guildId: string; readonly id?: string },
  now: number,
): Promise<ServerOverview[]> {
  const rows = await query(
    knex,
    serverRow,
    `${SERVER_COLUMNS}
     where s.guild_id = :guildId and s.removed_at is null
       and s.id = coalesce(:id, s.id)
     order by s.position, s.key`,
    { guildId: which.guildId, id: which.id ?? null },
  );
  return rows.map((row) => overview(row, now));
}

function overview(row: z.infer<typeof serverRow>, now: number): ServerOverview {
  const { server, origin, addedAt, dueAt } = row;
  // Nobody may be checking at the moment: then what is recorded says nothing about now.
  const blind = blindTime(row.state.checkedAt, server.intervalMs, now);
  const state =
    blind === null
      ? row.state
      : observe(row.state, server.thresholds, { type: 'blind', ...blind }).state;
  return {
    server,
    origin,
    addedAt,
    status: statusOf(state),
    since: state.kind === 'maintenance' ? state.since : state.verdictSince,
    state,
    checkedAt: state.checkedAt,
    dueAt,
  };
}
