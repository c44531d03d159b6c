import { z } from 'zod';
import { maintenanceWindowSchema, serverSettingsSchema } from '../../config/guild/resolved-servers';
import { FAILURE_CAUSES } from '../../domain/watching/check';
import type { IncidentPolicy } from '../../domain/watching/incident';
import type { WatchedServer } from '../../domain/watching/server';
import type { ServerState } from '../../domain/watching/server-state';
import { instant } from './query';

/** How what is stored as jsonb, or in several tables, becomes the domain's types. */

export const causeSchema = z.enum(FAILURE_CAUSES);

const time = z.number();

export const serverStateSchema = z.object({
  kind: z.enum(['up', 'down', 'unknown', 'maintenance']),
  since: time,
  verdict: z.enum(['up', 'down', 'unknown']),
  verdictSince: time,
  lastSeen: z.enum(['up', 'down']).nullable(),
  doubt: z.object({ since: time, checks: z.number(), cause: causeSchema.nullable() }).nullable(),
  setback: z.object({ since: time, checks: z.number(), cause: causeSchema }).nullable(),
  changes: z.array(time),
  flappingSince: time.nullable(),
  outageSince: time.nullable(),
  outageUnknownMs: z.number(),
  cause: causeSchema.nullable(),
  checkedAt: time.nullable(),
  lastAnswer: z
    .object({
      up: z.literal(true),
      latencyMs: z.number(),
      players: z.number().nullable(),
      maxPlayers: z.number().nullable(),
      version: z.string().nullable(),
      motd: z.string().nullable(),
    })
    .nullable(),
  asOf: time,
}) satisfies z.ZodType<ServerState>;

export const policySchema = z.object({
  alertChannelId: z.string().nullable(),
  pingRoleIds: z.array(z.string()),
  seniorRoleIds: z.array(z.string()),
  raiseAfterMs: z.number().nullable(),
  remindAfterMs: z.array(z.number()),
  publicChannelId: z.string().nullable(),
}) satisfies z.ZodType<IncidentPolicy>;

const wishedSchema = z.record(
  z.string(),
  z.object({ name: z.string(), at: time, urgent: z.boolean() }),
);

/** The columns of `SERVER_COLUMNS`. */
export const serverRow = z
  .object({
    key: z.number(),
    guild_id: z.string(),
    origin: z.enum(['file', 'command']),
    definition: serverSettingsSchema,
    windows: z.array(maintenanceWindowSchema).nullable(),
    added_at: instant,
    state: serverStateSchema,
    version: z.number(),
    due_at: instant,
    wished: wishedSchema,
  })
  .transform((row) => {
    const windows = row.windows ?? [];
    const replaced = new Set(windows.map(({ id }) => id));
    const server: WatchedServer = {
      ...row.definition,
      key: row.key,
      guildId: row.guild_id,
      maintenance: [
        ...row.definition.maintenance.filter(({ id }) => !replaced.has(id)),
        ...windows,
      ],
    };
    const { origin, added_at: addedAt, state, version, due_at: dueAt, wished } = row;
    return { server, origin, addedAt, state, version, dueAt, wished };
  });

/** Watched servers with all that belongs to them; a server that was removed has no state. */
export const SERVER_COLUMNS = `
  select s.key, s.guild_id, s.origin, s.definition, w.windows, s.added_at,
    t.state, t.version, t.due_at, t.wished
  from server_states t
  join game_servers s on s.key = t.server_key
  left join (
    select server_key, jsonb_agg(definition order by id) as windows
    from server_windows group by server_key
  ) w on w.server_key = t.server_key`;
