import type { Knex } from 'knex';
import { z } from 'zod';
import { whileAvailable } from '../connection';
import { execute, instant, iso, query, whole } from '../watching/query';
import { plan } from './plan';
import type { Fate } from './reading';
import type { PostRecorder } from './recording';
import { contentRow, POST_COLUMNS, postRow } from './rows';

/** What is posted of deliveries, and how far that is. */
export function createPostRecorder(knex: Knex): PostRecorder {
  const within = <Outcome>(how: (transaction: Knex) => Promise<Outcome>) =>
    whileAvailable(() => knex.transaction(how));
  return {
    plan: (delivery, routed, now, againBy) =>
      within((transaction) =>
        plan(transaction, { delivery, routed, now, againBy: againBy ?? null }),
      ),
    takePost: (key) =>
      within(async (transaction) => {
        const [post] = await query(
          transaction,
          postRow,
          `update announcement_posts set open = false where key = :key returning ${POST_COLUMNS}`,
          { key },
        );
        if (post === undefined) return null;
        const contents = await query(
          transaction,
          contentRow,
          `select item, deleted_at is not null as deleted from announcement_contents
           where post_key = :key and item is not null order by position`,
          { key },
        );
        return { ...post, contents };
      }),
    postShown: (key, { version, messageId, threadId }) =>
      within(async (transaction) => {
        const [post] = await query(
          transaction,
          z.object({ version: whole }),
          `update announcement_posts
           set status = 'shown', shown_version = :version, message_id = :messageId,
             thread_id = coalesce(:threadId, thread_id), reason = null, open = false
           where key = :key returning version`,
          { key, version, messageId, threadId },
        );
        if (post === undefined) return false;
        await settleJoined(transaction, key, 'posted', null);
        return post.version > version;
      }),
    shownMessages: (channelId, messageIds) =>
      whileAvailable(async () => {
        const rows = await query(
          knex,
          z.object({ message_id: z.string() }),
          `select message_id from announcement_posts
           where channel_id = :channelId and message_id = any(:messageIds)`,
          { channelId, messageIds: [...messageIds] },
        );
        return new Set(rows.map((row) => row.message_id));
      }),
    postEnded: (key, status, reason) =>
      within(async (transaction) => {
        await execute(
          transaction,
          `update announcement_posts set status = :status, reason = :reason, open = false
           where key = :key`,
          { key, status, reason },
        );
        await settleJoined(transaction, key, status === 'gone' ? 'known' : 'failed', reason);
      }),
    mayPing: (key, ping, now) => within((transaction) => mayPing(transaction, key, ping, now)),
    takePublication: (channelId, messageId, now) =>
      within((transaction) => takePublication(transaction, channelId, messageId, now)),
    postPublished: (key, now) =>
      within(async (transaction) => {
        await execute(
          transaction,
          `update announcement_posts set published_at = :now where key = :key and published_at is null`,
          { key, now: iso(now) },
        );
      }),
    setFate: ({ guildId, sourceId, id }, fate, reason) =>
      within(async (transaction) => {
        await execute(
          transaction,
          `update deliveries set fate = :fate, reason = :reason
           where guild_id = :guildId and source_id = :sourceId and id = :id`,
          { guildId, sourceId, id, fate, reason },
        );
      }),
  };
}

/** Deliveries that wait for this post, and show none themselves. */
async function settleJoined(
  transaction: Knex,
  key: string,
  fate: Fate,
  reason: string | null,
): Promise<void> {
  await execute(
    transaction,
    `update deliveries set fate = :fate, reason = :reason
     where fate = 'waiting' and plan -> 'joined' @> jsonb_build_array(cast(:key as text))
       and plan -> 'posts' = '[]'`,
    { key, fate, reason },
  );
}

async function mayPing(
  transaction: Knex,
  key: string,
  { roleId, everyMs }: { readonly roleId: string; readonly everyMs: number },
  now: number,
): Promise<boolean> {
  const [post] = await query(
    transaction,
    z.object({ guild_id: z.string(), channel_id: z.string(), may_ping: z.boolean().nullable() }),
    `select guild_id, channel_id, may_ping from announcement_posts where key = :key for update`,
    { key },
  );
  if (post === undefined) return false;
  if (post.may_ping !== null) return post.may_ping;
  const begun = await execute(
    transaction,
    `insert into announcement_pings (guild_id, channel_id, role_id, pinged_at)
     values (:guildId, :channelId, :roleId, :now)
     on conflict (guild_id, channel_id, role_id) do update set pinged_at = excluded.pinged_at
     where announcement_pings.pinged_at <= :before`,
    {
      ...{ guildId: post.guild_id, channelId: post.channel_id, roleId },
      ...{ now: iso(now), before: iso(now - everyMs) },
    },
  );
  const answer = begun > 0;
  await execute(transaction, `update announcement_posts set may_ping = :answer where key = :key`, {
    key,
    answer,
  });
  return answer;
}

/** https://docs.discord.com/developers/resources/message, "Crosspost Message": 10 an hour in each channel. */
const MOST_PUBLICATIONS = 10;
const HOUR = 3_600_000;
/** Publications are remembered for so long: whoever tries again has tried within it. */
const REMEMBERED_MS = 24 * HOUR;

async function takePublication(
  transaction: Knex,
  channelId: string,
  messageId: string,
  now: number,
): Promise<number | null> {
  await transaction.raw(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [
    `publications in ${channelId}`,
  ]);
  await execute(
    transaction,
    `delete from publications where channel_id = :channelId and published_at < :before`,
    { channelId, before: iso(now - REMEMBERED_MS) },
  );
  const recent = await query(
    transaction,
    z.object({ message_id: z.string(), published_at: instant }),
    `select message_id, published_at from publications where channel_id = :channelId
     order by published_at desc`,
    { channelId },
  );
  if (recent.some(({ message_id: taken }) => taken === messageId)) return null;
  const tenth = recent[MOST_PUBLICATIONS - 1];
  const free = tenth === undefined ? now : tenth.published_at + HOUR;
  if (free > now) return free;
  await execute(
    transaction,
    `insert into publications (channel_id, message_id, published_at)
     values (:channelId, :messageId, :now)`,
    { channelId, messageId, now: iso(now) },
  );
  return null;
}
