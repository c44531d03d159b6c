import type { Knex } from 'knex';
import { z } from 'zod';
import {
  changesOf,
  MOST_IN_DIGEST,
  type Changes,
  type KnownContent,
  type NewContent,
  type OpenDigest,
  type Routed,
} from '../../domain/announcements/planning';
import { iso, json, execute, query } from '../watching/query';
import { itemSchema } from './item-schema';
import type { DeliveryRecord, Fate } from './reading';
import type { Plan, PlannedPost } from './recording';
import { key, postStatus } from './rows';

const storedPlan = z.object({
  posts: z.array(z.object({ key: z.string(), dueAt: z.number() })),
  joined: z.array(z.string()),
});
type StoredPlan = z.infer<typeof storedPlan>;

export interface Planned {
  readonly delivery: Omit<DeliveryRecord, 'again'>;
  readonly routed: readonly Routed[];
  readonly now: number;
  readonly againBy: string | null;
}

/** See `PostRecorder.plan`; within a transaction. */
export async function plan(transaction: Knex, planned: Planned): Promise<Plan | null> {
  const { delivery, routed, now, againBy } = planned;
  if (!(await holdSource(transaction, delivery))) return null;
  await lock(transaction, delivery, routed);
  const before = await planBefore(transaction, delivery, againBy);
  if (before !== null) return answerOf(before);
  const known = await knownContents(transaction, delivery.guildId, routed);
  const digests = await openDigests(transaction, delivery, routed, now);
  const changes = changesOf(routed, known, digests, { anew: againBy !== null });
  const made = await makePosts(transaction, delivery, changes, now);
  await joinPosts(transaction, delivery.guildId, changes);
  await changeContents(transaction, delivery.guildId, changes, now);
  const shown = changes.touched.filter(({ status }) => status === 'shown');
  const waiting = changes.touched.filter(({ status }) => status === 'planned');
  const stored = {
    posts: [...made, ...shown.map((post) => ({ key: post.key, dueAt: now }))],
    joined: [...new Set([...changes.joined.keys(), ...waiting.map((post) => post.key)])],
  };
  await recordDelivery(transaction, planned, stored);
  return answerOf(stored);
}

const answerOf = ({ posts, joined }: StoredPlan): Plan => ({ posts, joined: joined.length > 0 });

type DeliveryPlace = Pick<DeliveryRecord, 'guildId' | 'sourceId' | 'id'>;

/** Whether it is there; it is not removed while the transaction goes on. */
async function holdSource(
  transaction: Knex,
  { guildId, sourceId }: DeliveryPlace,
): Promise<boolean> {
  const found = await query(
    transaction,
    z.object({ id: z.string() }),
    `select id from announcement_sources where guild_id = :guildId and id = :sourceId for key share`,
    { guildId, sourceId },
  );
  return found.length > 0;
}

/** Contents of one channel are planned at the same time where they are in different ones of so many heaps. */
const HEAPS = 32;

/** Waits for whoever plans the same delivery, the same contents in the same channels, or the same digests. */
async function lock(
  transaction: Knex,
  { guildId, sourceId, id }: DeliveryPlace,
  routed: readonly Routed[],
): Promise<void> {
  const digests = routed
    .filter(({ route }) => route.digestMs > 0)
    .map(({ route }) => `digest ${sourceId} ${route.channelId}`);
  const names = [`delivery ${sourceId} ${id}`, ...new Set(digests)];
  await transaction.raw(
    `select pg_advisory_xact_lock(lock) from (
       select hashtextextended('announcements of ' || :guildId || ' ' || name, 0) as lock
       from (
         select jsonb_array_elements_text(:names) as name
         union
         select 'heap ' || channel || ' ' || abs(hashtextextended(identity, 0) % ${HEAPS})
         from jsonb_to_recordset(:places) as p (channel text, identity text)
       ) as named
       group by lock order by lock offset 0
     ) as ordered`,
    { guildId, names: json(names), places: json(placesOf(routed)) },
  );
}

/** Everything that the channels may have of the items: they, and what is part of them. */
function placesOf(routed: readonly Routed[]): readonly { channel: string; identity: string }[] {
  return routed.flatMap(({ route, item }) =>
    [
      item.identity,
      ...(item.kind === 'push' ? item.commits.map((commit) => commit.identity) : []),
    ].map((identity) => ({ channel: route.channelId, identity })),
  );
}

/** What was planned when it was asked before. */
async function planBefore(
  transaction: Knex,
  { guildId, sourceId, id }: DeliveryPlace,
  againBy: string | null,
): Promise<StoredPlan | null> {
  const [before] = await query(
    transaction,
    z.object({ plan: storedPlan, again_by: z.string().nullable() }),
    `select plan, again_by from deliveries
     where guild_id = :guildId and source_id = :sourceId and id = :id`,
    { guildId, sourceId, id },
  );
  if (before === undefined) return null;
  // Also when it was delivered again since, and the first try comes late.
  return againBy === null || before.again_by === againBy ? before.plan : null;
}

async function knownContents(
  transaction: Knex,
  guildId: string,
  routed: readonly Routed[],
): Promise<readonly KnownContent[]> {
  if (routed.length === 0) return [];
  const rows = await query(
    transaction,
    z.object({
      channel_id: z.string(),
      identity: z.string(),
      item: itemSchema.nullable(),
      deleted: z.boolean(),
      key,
      status: postStatus,
    }),
    `select c.channel_id, c.identity, c.item, c.deleted_at is not null as deleted, p.key, p.status
     from (select distinct channel, identity
           from jsonb_to_recordset(:places) as p (channel text, identity text)) as asked
       join announcement_contents c on c.guild_id = :guildId and c.channel_id = asked.channel
         and c.identity = asked.identity
       join announcement_posts p on p.key = c.post_key
     order by p.key, c.position for update of p`,
    { guildId, places: json(placesOf(routed)) },
  );
  return rows.map((row) => ({
    channelId: row.channel_id,
    identity: row.identity,
    item: row.item,
    deleted: row.deleted,
    post: { key: row.key, status: row.status },
  }));
}

/** Those that are due are left alone: whoever shows them may be at it, or may be no more. */
async function openDigests(
  transaction: Knex,
  { guildId, sourceId }: DeliveryPlace,
  routed: readonly Routed[],
  now: number,
): Promise<readonly OpenDigest[]> {
  const channels = routed.flatMap(({ route }) => (route.digestMs > 0 ? [route.channelId] : []));
  if (channels.length === 0) return [];
  const rows = await query(
    transaction,
    z.object({ channel_id: z.string(), key, contents: z.coerce.number() }),
    `select p.channel_id, p.key,
       (select count(*) from announcement_contents where post_key = p.key) as contents
     from announcement_posts p
     where p.guild_id = :guildId and p.source_id = :sourceId and p.channel_id = any(:channels)
       and p.open and p.status = 'planned' and p.due_at > :now
     order by p.key for update`,
    { guildId, sourceId, channels: [...new Set(channels)], now: iso(now) },
  );
  // The newest of a channel: older ones are full.
  return [...new Map(rows.map((row) => [row.channel_id, row])).values()].map((row) => ({
    channelId: row.channel_id,
    key: row.key,
    room: MOST_IN_DIGEST - row.contents,
  }));
}

async function makePosts(
  transaction: Knex,
  { guildId, sourceId }: DeliveryPlace,
  { posts }: Changes,
  now: number,
): Promise<readonly PlannedPost[]> {
  if (posts.length === 0) return [];
  const rows = posts.map(({ route, dueAt }, n) => ({
    n,
    channel: route.channelId,
    route,
    due: iso(dueAt),
    open: route.digestMs > 0,
  }));
  const made = await query(
    transaction,
    z.object({ key }),
    `insert into announcement_posts
       (guild_id, source_id, channel_id, route, status, planned_at, due_at, open)
     select :guildId, :sourceId, channel, route, 'planned', :now, due, open
     from jsonb_to_recordset(:rows)
       as r (n int, channel text, route jsonb, due timestamptz, open boolean)
     order by n returning key`,
    { guildId, sourceId, now: iso(now), rows: json(rows) },
  );
  const keyed = posts.flatMap((post, n) => {
    const found = made[n];
    return found === undefined ? [] : [{ ...post, key: found.key }];
  });
  await addContents(
    transaction,
    guildId,
    keyed.map((post) => ({ ...post, channelId: post.route.channelId, from: 0 })),
  );
  return keyed.map((post) => ({ key: post.key, dueAt: post.dueAt }));
}

async function joinPosts(transaction: Knex, guildId: string, { joined }: Changes): Promise<void> {
  if (joined.size === 0) return;
  const ends = await query(
    transaction,
    z.object({ key, next: z.number() }),
    `select post_key as key, max(position) + 1 as next from announcement_contents
     where post_key = any(:keys) group by post_key`,
    { keys: [...joined.keys()] },
  );
  const from = new Map(ends.map((end) => [end.key, end.next]));
  await addContents(
    transaction,
    guildId,
    [...joined].map(([postKey, added]) => ({
      ...added,
      key: postKey,
      from: from.get(postKey) ?? 0,
    })),
  );
  await nextVersion(transaction, [...joined.keys()]);
}

interface Added {
  readonly key: string;
  readonly channelId: string;
  readonly contents: readonly NewContent[];
  /** The first one's position. */
  readonly from: number;
}

/** One that stood in a post that could not be shown moves. */
async function addContents(
  transaction: Knex,
  guildId: string,
  posts: readonly Added[],
): Promise<void> {
  const rows = posts.flatMap((post) =>
    post.contents.map(({ identity, item }, index) => ({
      ...{ post: post.key, channel: post.channelId, identity, item },
      position: post.from + index,
    })),
  );
  await execute(
    transaction,
    `insert into announcement_contents (guild_id, channel_id, identity, post_key, position, item, seen_at)
     select :guildId, channel, identity, post, position, nullif(item, 'null'), now()
     from jsonb_to_recordset(:rows)
       as r (channel text, identity text, post bigint, position int, item jsonb)
     on conflict (guild_id, channel_id, identity) do update set
       post_key = excluded.post_key, position = excluded.position, item = excluded.item,
       deleted_at = null, seen_at = excluded.seen_at`,
    { guildId, rows: json(rows) },
  );
}

async function changeContents(
  transaction: Knex,
  guildId: string,
  { changed, touched }: Changes,
  now: number,
): Promise<void> {
  if (changed.length === 0) return;
  await execute(
    transaction,
    `update announcement_contents c
     set item = r.item, deleted_at = case when r.deleted then cast(:now as timestamptz) end
     from jsonb_to_recordset(:rows)
       as r ("channelId" text, identity text, item jsonb, deleted boolean)
     where c.guild_id = :guildId and c.channel_id = r."channelId" and c.identity = r.identity`,
    { guildId, rows: json(changed), now: iso(now) },
  );
  await nextVersion(
    transaction,
    touched.map((post) => post.key),
  );
}

async function nextVersion(transaction: Knex, keys: readonly string[]): Promise<void> {
  await execute(
    transaction,
    `update announcement_posts set version = version + 1 where key = any(:keys)`,
    { keys: [...keys] },
  );
}

async function recordDelivery(
  transaction: Knex,
  { delivery, routed, againBy }: Planned,
  stored: StoredPlan,
): Promise<void> {
  const { fate, reason } = fateOf(delivery, routed, stored);
  const { guildId, sourceId, id, storageKey, bytes, items } = delivery;
  await execute(
    transaction,
    `insert into deliveries (guild_id, source_id, id, received_at, storage_key, bytes, fate, reason, items,
       again, again_by, plan)
     values (:guildId, :sourceId, :id, :receivedAt, :storageKey, :bytes, :fate, :reason, :items,
       :again, :againBy, :plan)
     on conflict (guild_id, source_id, id) do update set
       fate = excluded.fate, reason = excluded.reason, items = excluded.items, plan = excluded.plan,
       again = deliveries.again + 1, again_by = excluded.again_by`,
    {
      ...{ guildId, sourceId, id, storageKey, bytes, items, fate, reason, againBy },
      ...{ receivedAt: iso(delivery.receivedAt), again: againBy === null ? 0 : 1 },
      plan: json(stored),
    },
  );
}

function fateOf(
  { fate, reason }: Pick<DeliveryRecord, 'fate' | 'reason'>,
  routed: readonly Routed[],
  { posts, joined }: StoredPlan,
): { readonly fate: Fate; readonly reason: string | null } {
  if (routed.length === 0) return { fate, reason };
  if (posts.length > 0 || joined.length > 0) return { fate: 'waiting', reason: null };
  return {
    fate: 'known',
    reason: routed.every(({ item }) => item.change === 'deleted')
      ? 'What it tells to be gone is not shown, or is marked so already.'
      : 'It was posted before, and nothing is different.',
  };
}
