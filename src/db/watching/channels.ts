import type { Knex } from 'knex';
import { z } from 'zod';
import { whileAvailable } from '../connection';
import { execute, instant, iso, query } from './query';
import type { ChannelName, ChannelRecorder, RenameRequest } from './recording';

/** Discord counts changes in 10 minutes; older ones are kept a while for whoever looks for a reason. */
const KEPT_CHANGES_MS = 3_600_000;

const channelRow = z
  .object({
    channel_id: z.string(),
    guild_id: z.string(),
    shown: z.string().nullable(),
    wanted: z.string().nullable(),
    changes: z.array(instant),
    manual: z.boolean(),
    forbidden_told_at: instant.nullable(),
  })
  .transform((row): ChannelName => ({
    channelId: row.channel_id,
    guildId: row.guild_id,
    shown: row.shown,
    wanted: row.wanted,
    changes: row.changes,
    manual: row.manual,
    forbiddenToldAt: row.forbidden_told_at,
  }));

/** Names of channels that show a server, and the live status messages. */
export function createChannelRecorder(knex: Knex): ChannelRecorder {
  return {
    channelName: (channelId) =>
      whileAvailable(async () => {
        const [known] = await query(
          knex,
          channelRow,
          'select * from channel_names where channel_id = :channelId',
          { channelId },
        );
        return known ?? null;
      }),
    newestWish: (channelId) =>
      whileAvailable(async () => {
        const [newest] = await query(
          knex,
          z.object({ name: z.string(), at: z.number(), urgent: z.boolean() }),
          `select w.* from server_states t,
             jsonb_to_record(t.wished -> :channelId) as w (name text, at float8, urgent boolean)
           where jsonb_exists(t.wished, :channelId) order by w.at desc limit 1`,
          { channelId },
        );
        return newest ?? null;
      }),
    reserveRename: (request) =>
      whileAvailable(() => knex.transaction((transaction) => reserve(transaction, request))),
    renamed: (channelId, name) =>
      whileAvailable(async () => {
        await execute(
          knex,
          `update channel_names set shown = :name, manual = false, forbidden_told_at = null
           where channel_id = :channelId`,
          { channelId, name },
        );
      }),
    namedByHand: (guildId, channelId) =>
      whileAvailable(async () => {
        await execute(
          knex,
          `insert into channel_names (channel_id, guild_id, manual) values (:channelId, :guildId, true)
           on conflict (channel_id) do update set manual = true`,
          { channelId, guildId },
        );
      }),
    renameForbidden: (guildId, channelId, now) =>
      whileAvailable(async () => {
        const told = await execute(
          knex,
          `insert into channel_names (channel_id, guild_id, forbidden_told_at)
           values (:channelId, :guildId, :now)
           on conflict (channel_id) do update set forbidden_told_at = excluded.forbidden_told_at
             where channel_names.forbidden_told_at is null`,
          { channelId, guildId, now: iso(now) },
        );
        return told > 0;
      }),
    statusMessage: (guildId, channelId) =>
      whileAvailable(async () => {
        const [known] = await query(
          knex,
          z.object({ messageId: z.string(), editedAt: instant }),
          `select message_id as "messageId", edited_at as "editedAt" from status_messages
           where guild_id = :guildId and channel_id = :channelId`,
          { guildId, channelId },
        );
        return known ?? null;
      }),
    setStatusMessage: (guildId, channelId, messageId, editedAt) =>
      whileAvailable(async () => {
        await execute(
          knex,
          `insert into status_messages (guild_id, channel_id, message_id, edited_at)
           values (:guildId, :channelId, :messageId, :editedAt)
           on conflict (guild_id, channel_id)
             do update set message_id = excluded.message_id, edited_at = excluded.edited_at`,
          { guildId, channelId, messageId, editedAt: iso(editedAt) },
        );
      }),
  };
}

async function reserve<Reason>(
  transaction: Knex,
  request: RenameRequest<Reason>,
): Promise<Reason | null> {
  const { guildId, channelId, name, now } = request;
  await execute(
    transaction,
    `insert into channel_names (channel_id, guild_id) values (:channelId, :guildId)
     on conflict (channel_id) do nothing`,
    { channelId, guildId },
  );
  const [known] = await query(
    transaction,
    channelRow,
    'select * from channel_names where channel_id = :channelId for update',
    { channelId },
  );
  if (known === undefined) throw new Error(`The channel ${channelId} was not noted.`);
  const reason = request.decide(known);
  if (reason !== null) return reason;
  const changes = [...known.changes.filter((at) => at > now - KEPT_CHANGES_MS), now];
  await transaction.raw(
    `update channel_names set wanted = :name, changes = cast(:changes as timestamptz[])
     where channel_id = :channelId`,
    { channelId, name, changes: changes.map(iso) },
  );
  return null;
}
