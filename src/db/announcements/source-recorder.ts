import type { Knex } from 'knex';
import { z } from 'zod';
import type { SourceSettings } from '../../domain/announcements/settings';
import { whileAvailable } from '../connection';
import { throwUnknownGuild } from '../registration/unknown-guild';
import { storable } from '../storable';
import { execute, iso, json, query } from '../watching/query';
import type { SourceOrigin, SubscriptionRecord } from './reading';
import type { SourceRecorder } from './recording';
import { addSecret } from './secrets';

const named = z.object({ id: z.string() });
const found = z.object({ origin: z.enum(['file', 'command']) });

/** The definitions of sources, and what is kept beside them. A guild's changes wait for each other. */
export function createSourceRecorder(knex: Knex): SourceRecorder {
  const change = <Outcome>(guildId: string, how: (transaction: Knex) => Promise<Outcome>) =>
    whileAvailable(() =>
      knex
        .transaction(async (transaction) => {
          await transaction.raw(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [
            `sources of ${guildId}`,
          ]);
          return how(transaction);
        })
        .catch(throwUnknownGuild(guildId)),
    );
  const write = (sql: string, bindings: Readonly<Record<string, Knex.RawBinding>>) =>
    whileAvailable(() => execute(knex, sql, bindings));
  return {
    applySources: (guildId, origin, definitions) =>
      change(guildId, async (transaction) => {
        const gone = await query(
          transaction,
          named,
          `delete from announcement_sources
           where guild_id = :guildId and origin = :origin and not id = any(:ids) returning id`,
          { guildId, origin, ids: definitions.map(({ id }) => id) },
        );
        const { added, changed } = await define(transaction, guildId, origin, definitions);
        return { added, changed, removed: gone.map(({ id }) => id).toSorted() };
      }),
    putSource: (guildId, definition) =>
      change(guildId, async (transaction) => {
        if ((await originOf(transaction, guildId, definition.id)) === 'file') {
          return { outcome: 'in-file' };
        }
        const { added, changed } = await define(transaction, guildId, 'command', [definition]);
        if (added.length > 0) return { outcome: 'added' };
        return { outcome: changed.length > 0 ? 'changed' : 'unchanged' };
      }),
    removeSource: (guildId, id) =>
      change(guildId, async (transaction) => {
        const origin = await originOf(transaction, guildId, id);
        if (origin === null) return { outcome: 'unknown' };
        if (origin === 'file') return { outcome: 'in-file' };
        await transaction('announcement_sources').where({ guild_id: guildId, id }).delete();
        return { outcome: 'removed' };
      }),
    addSecret: (guildId, id, secret) =>
      change(guildId, (transaction) => addSecret(transaction, guildId, id, secret)),
    setSubscription: (guildId, id, subscription) =>
      change(guildId, (transaction) => setSubscription(transaction, guildId, id, subscription)),
    told: async (guildId, id, trouble) =>
      (await write(
        `update announcement_sources set told = array_append(told, :trouble)
         where guild_id = :guildId and id = :id and not :trouble = any(told)`,
        { guildId, id, trouble },
      )) > 0,
    over: async (guildId, id, trouble) =>
      (await write(
        `update announcement_sources set told = array_remove(told, :trouble)
         where guild_id = :guildId and id = :id and :trouble = any(told)`,
        { guildId, id, trouble },
      )) > 0,
    expired: (guildId, id, before, limit) =>
      whileAvailable(async () => {
        const kept = await query(
          knex,
          z.object({ storage_key: z.string() }),
          `select storage_key from deliveries
           where guild_id = :guildId and source_id = :id and storage_key is not null
             and received_at < :before
           order by received_at limit :limit`,
          { guildId, id, before: iso(before), limit },
        );
        return kept.map((delivery) => delivery.storage_key);
      }),
    erased: async (guildId, id, storageKeys) => {
      await write(
        `update deliveries set storage_key = null
         where guild_id = :guildId and source_id = :id and storage_key = any(:keys)`,
        { guildId, id, keys: [...storageKeys] },
      );
    },
    forget: (guildId, id, before, limit) =>
      write(
        `delete from deliveries d using (
           select id from deliveries
           where guild_id = :guildId and source_id = :id and received_at < :before
           order by received_at, id limit :limit
         ) as old
         where d.guild_id = :guildId and d.source_id = :id and d.id = old.id and d.storage_key is null`,
        { guildId, id, before: iso(before), limit },
      ),
  };
}

async function originOf(
  transaction: Knex,
  guildId: string,
  id: string,
): Promise<SourceOrigin | null> {
  const [known] = await query(
    transaction,
    found,
    `select origin from announcement_sources where guild_id = :guildId and id = :id`,
    { guildId, id },
  );
  return known?.origin ?? null;
}

/** Adds and changes. Secrets that we made are forgotten when environment variables hold them. */
async function define(
  transaction: Knex,
  guildId: string,
  origin: SourceOrigin,
  definitions: readonly SourceSettings[],
) {
  const rows = definitions.map((definition) => ({
    id: definition.id,
    provider: definition.origin.provider,
    definition,
  }));
  const bindings = { guildId, origin, rows: json(rows) };
  const recordset = `jsonb_to_recordset(:rows) as d (id text, provider text, definition jsonb)`;
  const changed = await query(
    transaction,
    named.extend({ said: z.boolean() }),
    `update announcement_sources s
     set origin = :origin, provider = d.provider, definition = d.definition, updated_at = now(),
       secrets = case when d.definition -> 'secretVariables' = '[]' then s.secrets else '[]' end
     from ${recordset}, announcement_sources before
     where (s.guild_id, s.id) = (:guildId, d.id) and (before.guild_id, before.id) = (s.guild_id, s.id)
       and (s.definition, s.origin) is distinct from (d.definition, :origin)
     returning s.id, before.definition <> s.definition as said`,
    bindings,
  );
  const added = await query(
    transaction,
    named,
    `insert into announcement_sources (guild_id, id, origin, provider, definition)
     select :guildId, d.id, :origin, d.provider, d.definition from ${recordset}
     on conflict (guild_id, id) do nothing returning id`,
    bindings,
  );
  return {
    added: added.map(({ id }) => id).toSorted(),
    changed: changed
      .filter(({ said }) => said)
      .map(({ id }) => id)
      .toSorted(),
  };
}

async function setSubscription(
  transaction: Knex,
  guildId: string,
  id: string,
  subscription: SubscriptionRecord,
): Promise<void> {
  const time = (at: number | null) => (at === null ? null : iso(at));
  const words = (text: string | null) => (text === null ? null : storable(text));
  await execute(
    transaction,
    `insert into source_subscriptions (guild_id, source_id, topic, state, asked_at, lease_until, etag,
       last_modified, asked_feed_at, error)
     select guild_id, id, :topic, :state, :askedAt, :leaseUntil, :etag, :lastModified, :askedFeedAt, :error
     from announcement_sources where guild_id = :guildId and id = :id
     on conflict (guild_id, source_id) do update set
       topic = excluded.topic, state = excluded.state, asked_at = excluded.asked_at,
       lease_until = excluded.lease_until, etag = excluded.etag, last_modified = excluded.last_modified,
       asked_feed_at = excluded.asked_feed_at, error = excluded.error`,
    {
      guildId,
      id,
      topic: subscription.topic,
      state: subscription.state,
      askedAt: time(subscription.askedAt),
      leaseUntil: time(subscription.leaseUntil),
      etag: words(subscription.etag),
      lastModified: words(subscription.lastModified),
      askedFeedAt: time(subscription.askedFeedAt),
      error: words(subscription.error),
    },
  );
}
