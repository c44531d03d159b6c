import type { Knex } from 'knex';
import { z } from 'zod';
import { execute, query } from '../watching/query';
import type { Taken, Wish, Work } from './recording';
import { STREAM_COLUMNS, streamRow } from './rows';

/**
 * Who works on a target. A row and not one of Postgres' own locks: those would keep a connection of the pool for
 * as long as the work lasts. It is held longer than any request to Discord takes, so that what a try sent that
 * has lost its hold has arrived before another one looks.
 */
const HOLD = `interval '12 seconds'`;

/**
 * Snowflakes count milliseconds from here, shifted by 22 bits
 * (https://docs.discord.com/developers/reference#snowflakes).
 */
const DISCORD_EPOCH = 1_420_070_400_000;

const holding = z.object({
  mine: z.boolean().nullable(),
  at_it: z.boolean(),
  left_ms: z.coerce.number(),
});

/** Notes a wish and takes its target, in one transaction. */
export async function want(transaction: Knex, wish: Wish): Promise<Taken> {
  const { holder, token } = wish;
  const stream = await streamOf(transaction, wish);
  if (stream === null) return { outcome: 'off' };
  const { key: streamKey, target_channel_id: targetChannelId } = stream;
  if (wish.upTo !== null || wish.reviewAfter !== null) {
    await execute(
      transaction,
      `update mirror_streams
       set wanted = greatest(wanted::numeric, (:upTo)::numeric)::text,
         review_after = case when cast(:reviewAfter as text) is null then review_after
           else least(coalesce(review_after, :reviewAfter)::numeric, (:reviewAfter)::numeric)::text end
       where key = :streamKey`,
      { streamKey, upTo: wish.upTo ?? '0', reviewAfter: wish.reviewAfter },
    );
  }
  if (wish.changed !== null) await noteChanges(transaction, streamKey, [wish.changed]);
  // Whoever lets go of the target has this row, too, and looks after that whether anything is left.
  const [held] = await query(
    transaction,
    holding,
    `select holder = :holder as mine, token is not null as at_it,
       coalesce(extract(epoch from held_until - clock_timestamp()) * 1000, 0) as left_ms
     from mirror_targets where channel_id = :targetChannelId for update`,
    { targetChannelId, holder },
  );
  if (held === undefined) throw new Error(`There is no target ${targetChannelId}.`);
  const free = held.left_ms <= 0 || (held.mine === true && !held.at_it);
  if (!free) {
    if (held.mine !== true) return { outcome: 'queued', streamKey };
    return { outcome: 'wait', forMs: Math.ceil(held.left_ms) };
  }
  await execute(
    transaction,
    `update mirror_targets set holder = :holder, token = :token, held_until = clock_timestamp() + ${HOLD}
     where channel_id = :targetChannelId`,
    { targetChannelId, holder, token },
  );
  return { outcome: 'taken', streamKey, targetChannelId };
}

const place = z.object({ key: z.string(), target_channel_id: z.string() });

/** The stream of a wish; a thread's is made with its first message. `null`: the mirror is off. */
async function streamOf(transaction: Knex, wish: Wish): Promise<z.infer<typeof place> | null> {
  const { guildId, mirrorId, fromChannelId } = wish;
  const bindings = { guildId, mirrorId, fromChannelId };
  const find = () =>
    query(
      transaction,
      place,
      `select s.key::text, s.target_channel_id
       from mirror_streams s join mirrors m on m.guild_id = s.guild_id and m.id = s.mirror_id
       where s.guild_id = :guildId and s.mirror_id = :mirrorId and s.from_channel_id = :fromChannelId
         and m.agreement = 'agreed'`,
      bindings,
    );
  const [known] = await find();
  if (known !== undefined || !wish.isThread || wish.upTo === null) return known ?? null;
  // A thread that is younger than its mirror is copied from its beginning; of an older one, what is written now.
  await execute(
    transaction,
    `insert into mirror_streams
       (guild_id, mirror_id, from_channel_id, target_channel_id, is_thread, cursor, wanted)
     select guild_id, id, :fromChannelId, to_channel_id, true, began.at::text, began.at::text
     from mirrors, lateral (
       select case
         when (:fromChannelId)::numeric > (floor(extract(epoch from added_at) * 1000) - ${DISCORD_EPOCH}) * 4194304
         then (:fromChannelId)::numeric else (:upTo)::numeric - 1 end as at
     ) as began
     where guild_id = :guildId and id = :mirrorId
     on conflict do nothing`,
    { ...bindings, upTo: wish.upTo },
  );
  return (await find())[0] ?? null;
}

export async function keep(knex: Knex, targetChannelId: string, token: string): Promise<boolean> {
  const kept = await execute(
    knex,
    `update mirror_targets set held_until = clock_timestamp() + ${HOLD}
     where channel_id = :targetChannelId and token = :token`,
    { targetChannelId, token },
  );
  return kept > 0;
}

const ready = `(blocked_until is null or blocked_until <= clock_timestamp())`;

/** Changes go first: they are of messages that people see already. */
export async function nextWork(knex: Knex, targetChannelId: string): Promise<Work | null> {
  const [change] = await query(
    knex,
    z.object({ stream: z.string(), message_id: z.string(), version: z.number() }),
    `select s.key::text as stream, c.message_id, c.version
     from mirror_streams s join mirror_changes c on c.stream_key = s.key
     where s.target_channel_id = :targetChannelId and ${ready}
       and c.message_id::numeric <= s.cursor::numeric
     order by c.message_id::numeric limit 1`,
    { targetChannelId },
  );
  const [next] = await query(
    knex,
    streamRow,
    `select ${STREAM_COLUMNS.replace('key', 'key::text as key')} from mirror_streams
     where target_channel_id = :targetChannelId and ${ready} and (
       case when cast(:stream as text) is null
         then wanted::numeric > cursor::numeric or review_after is not null
         else key::text = :stream end)
     order by wanted::numeric > cursor::numeric desc, cursor::numeric limit 1`,
    { targetChannelId, stream: change?.stream ?? null },
  );
  if (next === undefined) return null;
  if (change !== undefined) {
    const { message_id: messageId, version } = change;
    return { kind: 'change', stream: next, messageId, version };
  }
  return { kind: BigInt(next.wanted) > BigInt(next.cursor) ? 'copy' : 'review', stream: next };
}

/** Whoever wishes something at the same time either is seen here or finds the target free. */
export async function release(
  transaction: Knex,
  targetChannelId: string,
  token: string,
): Promise<boolean> {
  const held = await query(
    transaction,
    z.object({ token: z.string().nullable() }),
    'select token from mirror_targets where channel_id = :targetChannelId for update',
    { targetChannelId },
  );
  if (held[0]?.token !== token) return true;
  if ((await nextWork(transaction, targetChannelId)) !== null) return false;
  await execute(
    transaction,
    `update mirror_targets set holder = null, token = null, held_until = null
     where channel_id = :targetChannelId`,
    { targetChannelId },
  );
  return true;
}

export async function rest(
  knex: Knex,
  targetChannelId: string,
  token: string,
  forMs: number,
): Promise<void> {
  await execute(
    knex,
    `update mirror_targets
     set token = null, held_until = clock_timestamp() + :forMs * interval '1 millisecond'
     where channel_id = :targetChannelId and token = :token`,
    { targetChannelId, token, forMs },
  );
}

export async function noteChanges(
  knex: Knex,
  streamKey: string,
  messageIds: readonly string[],
): Promise<void> {
  if (messageIds.length === 0) return;
  await execute(
    knex,
    `insert into mirror_changes (stream_key, message_id)
     select cast(:streamKey as bigint), unnest(cast(:messageIds as text[]))
     on conflict (stream_key, message_id) do update set version = mirror_changes.version + 1`,
    { streamKey, messageIds: [...messageIds] },
  );
}
