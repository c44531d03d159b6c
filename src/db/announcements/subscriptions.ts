import type { Knex } from 'knex';
import { z } from 'zod';
import type { KnownEntries } from '../../domain/announcements/subscription/news';
import { whileAvailable } from '../connection';
import { throwUnknownGuild } from '../registration/unknown-guild';
import { execute, instant, iso, json, query } from '../watching/query';

interface SourceRef {
  readonly guildId: string;
  readonly sourceId: string;
}

/** For the web server, which is asked by hubs. Instants are milliseconds since the epoch. */
export interface SubscriptionReader {
  /** When we ended the subscription to this topic; `null`: we did not, or long ago. Also of sources that are gone. */
  endedAt(source: SourceRef, topic: string): Promise<number | null>;
}

/** For the worker alone. Every method may be tried again and happens once. */
export interface SubscriptionRecorder {
  /** @throws UnknownGuild */
  endSubscription(source: SourceRef, topic: string, now: number): Promise<void>;
  /** Of all sources: those that were ended before `before`. */
  forgetEndings(before: number): Promise<void>;
  /** @returns what the feed at this address had last; `null`: it was never read */
  knownEntries(source: SourceRef, address: string): Promise<KnownEntries | null>;
  /** Of a source that is gone nothing is recorded. */
  setKnownEntries(source: SourceRef, address: string, known: KnownEntries): Promise<void>;
}

const knownRow = z.object({
  version: z.number(),
  entries: z.array(
    z.object({ identity: z.string(), fingerprint: z.string(), wasNews: z.boolean() }),
  ),
});

export function createSubscriptionReader(knex: Knex): SubscriptionReader {
  return {
    endedAt: ({ guildId, sourceId }, topic) =>
      whileAvailable(async () => {
        const [ended] = await query(
          knex,
          z.object({ ended_at: instant }),
          `select ended_at from ended_subscriptions
           where guild_id = :guildId and source_id = :sourceId and topic = :topic`,
          { guildId, sourceId, topic },
        );
        return ended?.ended_at ?? null;
      }),
  };
}

export function createSubscriptionRecorder(knex: Knex): SubscriptionRecorder {
  return {
    endSubscription: ({ guildId, sourceId }, topic, now) =>
      whileAvailable(async () => {
        await execute(
          knex,
          `insert into ended_subscriptions (guild_id, source_id, topic, ended_at)
           values (:guildId, :sourceId, :topic, :now)
           on conflict (guild_id, source_id, topic) do update set ended_at = excluded.ended_at`,
          { guildId, sourceId, topic, now: iso(now) },
        ).catch(throwUnknownGuild(guildId));
      }),
    forgetEndings: (before) =>
      whileAvailable(async () => {
        await execute(knex, 'delete from ended_subscriptions where ended_at < :before', {
          before: iso(before),
        });
      }),
    knownEntries: ({ guildId, sourceId }, address) =>
      whileAvailable(async () => {
        const [known] = await query(
          knex,
          knownRow,
          `select version, entries from polled_feeds
           where guild_id = :guildId and source_id = :sourceId and address = :address`,
          { guildId, sourceId, address },
        );
        return known ?? null;
      }),
    setKnownEntries: ({ guildId, sourceId }, address, { version, entries }) =>
      whileAvailable(async () => {
        await execute(
          knex,
          `insert into polled_feeds (guild_id, source_id, address, version, entries)
           select guild_id, id, :address, :version, :entries
           from announcement_sources where guild_id = :guildId and id = :sourceId
           on conflict (guild_id, source_id) do update set
             address = excluded.address, version = excluded.version, entries = excluded.entries`,
          { guildId, sourceId, address, version, entries: json(entries) },
        );
      }),
  };
}
