import type { Knex } from 'knex';
import { z } from 'zod';
import { whileAvailable } from '../connection';
import { execute, json, query } from '../watching/query';
import { createMirrorDefiner } from './definer';
import { keep, nextWork, noteChanges, release, rest, want } from './holding';
import type { CopyRecorder, KnownCopy, MirrorDefiner, Stream } from './recording';
import { begunCopyRow, copyRow } from './rows';

/** For the worker alone. */
export function createMirrorRecorder(knex: Knex): MirrorDefiner & CopyRecorder {
  const inTransaction = <Outcome>(how: (transaction: Knex) => Promise<Outcome>) =>
    whileAvailable(() => knex.transaction(how));
  return {
    ...createMirrorDefiner(knex),
    want: (wish) => inTransaction((transaction) => want(transaction, wish)),
    keep: (targetChannelId, token) => whileAvailable(() => keep(knex, targetChannelId, token)),
    nextWork: (targetChannelId) => whileAvailable(() => nextWork(knex, targetChannelId)),
    release: (targetChannelId, token) =>
      inTransaction((transaction) => release(transaction, targetChannelId, token)),
    rest: (targetChannelId, token, forMs) =>
      whileAvailable(() => rest(knex, targetChannelId, token, forMs)),
    ...createPlaces(knex),
    ...createCopies(knex, inTransaction),
  };
}

type Places = Pick<CopyRecorder, 'block' | 'webhook' | 'setWebhook' | 'setThread'>;

function createPlaces(knex: Knex): Places {
  return {
    block: (streamKey, forMs) =>
      whileAvailable(async () => {
        await execute(
          knex,
          `update mirror_streams
           set blocked_until = clock_timestamp() + :forMs * interval '1 millisecond'
           where key = cast(:streamKey as bigint)`,
          { streamKey, forMs },
        );
      }),
    webhook: (targetChannelId) =>
      whileAvailable(async () => {
        const [found] = await query(
          knex,
          z.object({ id: z.string(), sealedToken: z.string() }),
          `select webhook_id as id, sealed_token as "sealedToken" from mirror_targets
           where channel_id = :targetChannelId and webhook_id is not null`,
          { targetChannelId },
        );
        return found ?? null;
      }),
    setWebhook: (targetChannelId, webhook) =>
      whileAvailable(async () => {
        await execute(
          knex,
          `with known as (
             insert into mirror_webhooks (id, channel_id)
             select :id, :targetChannelId where cast(:id as text) is not null on conflict do nothing
           )
           update mirror_targets set webhook_id = :id, sealed_token = :sealedToken
           where channel_id = :targetChannelId`,
          {
            targetChannelId,
            id: webhook?.id ?? null,
            sealedToken: webhook?.sealedToken ?? null,
          },
        );
      }),
    setThread: (streamKey, threadId) =>
      whileAvailable(async () => {
        await execute(
          knex,
          'update mirror_streams set thread_id = :threadId where key = cast(:streamKey as bigint)',
          { streamKey, threadId },
        );
      }),
  };
}

type Copies = Omit<CopyRecorder, keyof Places | 'want' | 'keep' | 'nextWork' | 'release' | 'rest'>;

function createCopies(
  knex: Knex,
  inTransaction: <Outcome>(how: (transaction: Knex) => Promise<Outcome>) => Promise<Outcome>,
): Copies {
  const known = (where: string, bindings: Readonly<Record<string, string>>) =>
    whileAvailable(() =>
      query(
        knex,
        copyRow,
        `select message_id, copy_id, shown_in, shown from mirror_copies
         where copy_id is not null and ${where} order by message_id::numeric`,
        bindings,
      ),
    );
  return {
    isChanged: (streamKey, messageId) =>
      whileAvailable(async () => {
        const changes = await query(
          knex,
          z.object({ version: z.number() }),
          `select version from mirror_changes
           where stream_key = cast(:streamKey as bigint) and message_id = :messageId`,
          { streamKey, messageId },
        );
        return changes.length > 0;
      }),
    beginCopy: (streamKey, { messageId, shownIn, words }) =>
      whileAvailable(async () => {
        await execute(
          knex,
          `insert into mirror_copies (stream_key, message_id, shown_in, words)
           values (cast(:streamKey as bigint), :messageId, :shownIn, :words)
           on conflict (stream_key, message_id) do update
           set shown_in = excluded.shown_in, words = excluded.words`,
          { streamKey, messageId, shownIn, words },
        );
      }),
    begunCopies: (streamKey) =>
      whileAvailable(() =>
        query(
          knex,
          begunCopyRow,
          `select message_id, shown_in, words from mirror_copies
           where stream_key = cast(:streamKey as bigint) and copy_id is null
           order by message_id::numeric`,
          { streamKey },
        ),
      ),
    notPosted: (streamKey, messageId) =>
      whileAvailable(() => notPosted(knex, streamKey, messageId)),
    copied: (stream, copy) =>
      inTransaction(async (transaction) => {
        await writeCopy(transaction, stream, copy);
        await advance(transaction, stream, copy.messageId);
      }),
    passedBy: (stream, messageId) =>
      inTransaction(async (transaction) => {
        await notPosted(transaction, stream.key, messageId);
        await advance(transaction, stream, messageId);
      }),
    newestCopy: (shownIn) =>
      whileAvailable(async () => {
        const [newest] = await query(
          knex,
          z.object({ copy_id: z.string() }),
          `select copy_id from mirror_copies where shown_in = :shownIn and copy_id is not null
           order by copy_id::numeric desc limit 1`,
          { shownIn },
        );
        return newest?.copy_id ?? null;
      }),
    copiesAmong: (shownIn, messageIds) =>
      whileAvailable(async () => {
        const rows = await query(
          knex,
          z.object({ copy_id: z.string() }),
          `select copy_id from mirror_copies
           where shown_in = :shownIn and copy_id::numeric = any(cast(:messageIds as numeric[]))
             and copy_id is not null`,
          { shownIn, messageIds: [...messageIds] },
        );
        return rows.map(({ copy_id: id }) => id);
      }),
    knownCopy: async (streamKey, messageId) =>
      (
        await known('stream_key = cast(:streamKey as bigint) and message_id = :messageId', {
          streamKey,
          messageId,
        })
      )[0] ?? null,
    knownCopies: (streamKey, after, upTo) =>
      known(
        `stream_key = cast(:streamKey as bigint) and message_id::numeric > (:after)::numeric
           and message_id::numeric <= (:upTo)::numeric`,
        { streamKey, after, upTo },
      ),
    followed: (streamKey, messageId, version, shown) =>
      inTransaction(async (transaction) => {
        const bindings = { streamKey, messageId };
        if (shown === null) {
          await execute(
            transaction,
            `delete from mirror_copies where stream_key = cast(:streamKey as bigint) and message_id = :messageId`,
            bindings,
          );
        } else {
          await execute(
            transaction,
            `update mirror_copies set shown = :shown
             where stream_key = cast(:streamKey as bigint) and message_id = :messageId`,
            { ...bindings, shown: json(shown) },
          );
        }
        await execute(
          transaction,
          `delete from mirror_changes
           where stream_key = cast(:streamKey as bigint) and message_id = :messageId and version = :version`,
          { ...bindings, version },
        );
      }),
    noteChanges: (streamKey, messageIds) =>
      whileAvailable(() => noteChanges(knex, streamKey, messageIds)),
    reviewed: (streamKey, upTo) =>
      whileAvailable(async () => {
        await execute(
          knex,
          'update mirror_streams set review_after = :upTo where key = cast(:streamKey as bigint)',
          { streamKey, upTo },
        );
      }),
    standing: (streamKey, messageId) =>
      whileAvailable(async () => {
        const [found] = await query(
          knex,
          z.object({ waiting: z.boolean(), copied: z.boolean() }),
          `select s.cursor::numeric < (:messageId)::numeric or exists (
               select from mirror_changes c
               where c.stream_key = s.key and c.message_id = :messageId) as waiting,
             exists (
               select from mirror_copies c
               where c.stream_key = s.key and c.message_id = :messageId and c.copy_id is not null)
               as copied
           from mirror_streams s where s.key = cast(:streamKey as bigint)`,
          { streamKey, messageId },
        );
        if (found === undefined) return 'absent';
        if (found.waiting) return 'waiting';
        return found.copied ? 'copied' : 'absent';
      }),
  };
}

async function writeCopy(
  transaction: Knex,
  { key }: Stream,
  { messageId, copyId, shownIn, shown }: KnownCopy,
): Promise<void> {
  await execute(
    transaction,
    `insert into mirror_copies (stream_key, message_id, copy_id, shown_in, shown)
     values (cast(:key as bigint), :messageId, :copyId, :shownIn, :shown)
     on conflict (stream_key, message_id) do update
     set copy_id = excluded.copy_id, shown_in = excluded.shown_in, shown = excluded.shown, words = null`,
    { key, messageId, copyId, shownIn, shown: json(shown) },
  );
}

async function notPosted(knex: Knex, streamKey: string, messageId: string): Promise<void> {
  await execute(
    knex,
    `delete from mirror_copies
     where stream_key = cast(:streamKey as bigint) and message_id = :messageId and copy_id is null`,
    { streamKey, messageId },
  );
}

/** A stream never goes back, whoever comes late. */
async function advance(transaction: Knex, { key }: Stream, messageId: string): Promise<void> {
  await execute(
    transaction,
    `update mirror_streams
     set cursor = greatest(cursor::numeric, (:messageId)::numeric)::text, blocked_until = null
     where key = cast(:key as bigint)`,
    { key, messageId },
  );
}
