import { z } from 'zod';
import { routeSchema, sourceSettingsSchema } from '../../config/guild/resolved-announcements';
import { instant, whole } from '../watching/query';
import { itemSchema } from './item-schema';
import type { DeliveryRecord, SourceRecord } from './reading';
import type { PostRecord } from './recording';

/** How what is stored of sources and announcements becomes the types of the records. */

const madeSecretSchema = z.object({
  sealed: z.string(),
  madeAt: z.number(),
  validUntil: z.number().nullable(),
});

/** The newest first. */
export const madeSecretsSchema = z.array(madeSecretSchema);

export const SOURCE_COLUMNS = `s.guild_id, s.origin, s.definition, s.secrets, s.created_at, s.told,
  u.topic, u.state, u.asked_at, u.lease_until, u.etag, u.last_modified, u.asked_feed_at, u.error`;

export const sourceRow = z
  .object({
    guild_id: z.string(),
    origin: z.enum(['file', 'command']),
    definition: sourceSettingsSchema,
    secrets: madeSecretsSchema,
    created_at: instant,
    told: z.array(z.string()),
    topic: z.string().nullable(),
    state: z.enum(['asked', 'active', 'ending', 'refused']).nullable(),
    asked_at: instant.nullable(),
    lease_until: instant.nullable(),
    etag: z.string().nullable(),
    last_modified: z.string().nullable(),
    asked_feed_at: instant.nullable(),
    error: z.string().nullable(),
  })
  .transform((row): SourceRecord => ({
    guildId: row.guild_id,
    origin: row.origin,
    settings: row.definition,
    createdAt: row.created_at,
    told: row.told,
    secrets: row.secrets,
    subscription:
      row.topic === null || row.state === null
        ? null
        : {
            topic: row.topic,
            state: row.state,
            askedAt: row.asked_at,
            leaseUntil: row.lease_until,
            etag: row.etag,
            lastModified: row.last_modified,
            askedFeedAt: row.asked_feed_at,
            error: row.error,
          },
  }));

const FATES = [
  'received',
  'posted',
  'waiting',
  'known',
  'filtered',
  'ignored',
  'malformed',
  'failed',
] as const;

export const DELIVERY_COLUMNS =
  'guild_id, source_id, id, received_at, storage_key, bytes, fate, reason, items, again';

export const deliveryRow = z
  .object({
    guild_id: z.string(),
    source_id: z.string(),
    id: z.string(),
    received_at: instant,
    storage_key: z.string().nullable(),
    bytes: z.number(),
    fate: z.enum(FATES),
    reason: z.string().nullable(),
    items: z.number(),
    again: z.number(),
  })
  .transform((row): DeliveryRecord => ({
    guildId: row.guild_id,
    sourceId: row.source_id,
    id: row.id,
    receivedAt: row.received_at,
    storageKey: row.storage_key,
    bytes: row.bytes,
    fate: row.fate,
    reason: row.reason,
    items: row.items,
    again: row.again,
  }));

const POST_STATUSES = ['planned', 'shown', 'gone', 'failed'] as const;

/** A `bigint` that nobody counts with. */
export const key = z.coerce.string();

export const postStatus = z.enum(POST_STATUSES);

export const POST_COLUMNS = `key, guild_id, source_id, route, status, planned_at, due_at, version, shown_version,
  message_id, thread_id, published_at`;

export const postRow = z
  .object({
    key,
    guild_id: z.string(),
    source_id: z.string(),
    route: routeSchema,
    status: postStatus,
    planned_at: instant,
    due_at: instant,
    version: whole,
    shown_version: whole,
    message_id: z.string().nullable(),
    thread_id: z.string().nullable(),
    published_at: instant.nullable(),
  })
  .transform((row): Omit<PostRecord, 'contents'> => ({
    key: row.key,
    guildId: row.guild_id,
    sourceId: row.source_id,
    route: row.route,
    status: row.status,
    plannedAt: row.planned_at,
    dueAt: row.due_at,
    version: row.version,
    shownVersion: row.shown_version,
    messageId: row.message_id,
    threadId: row.thread_id,
    publishedAt: row.published_at,
  }));

export const contentRow = z
  .object({ item: itemSchema, deleted: z.boolean() })
  .transform(({ item, deleted }) => ({ item, deleted }));
