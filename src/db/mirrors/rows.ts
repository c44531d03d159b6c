import { z } from 'zod';
import { mirrorSettingsSchema } from '../../config/guild/resolved-mirrors';
import type { MirrorRecord } from './reading';
import type { BegunCopy, KnownCopy, Stream } from './recording';

export const MIRROR_COLUMNS = 'guild_id, origin, definition, agreement, told';

export const mirrorRow = z
  .object({
    guild_id: z.string(),
    origin: z.enum(['file', 'command']),
    definition: mirrorSettingsSchema,
    agreement: z.enum(['agreed', 'asked', 'refused']),
    told: z.array(z.string()),
  })
  .transform(({ guild_id: guildId, definition: settings, ...row }): MirrorRecord => ({
    guildId,
    settings,
    ...row,
  }));

export const STREAM_COLUMNS =
  'key, guild_id, mirror_id, from_channel_id, target_channel_id, thread_id, is_thread, cursor, wanted, review_after';

export const streamRow = z
  .object({
    key: z.string(),
    guild_id: z.string(),
    mirror_id: z.string(),
    from_channel_id: z.string(),
    target_channel_id: z.string(),
    thread_id: z.string().nullable(),
    is_thread: z.boolean(),
    cursor: z.string(),
    wanted: z.string(),
    review_after: z.string().nullable(),
  })
  .transform((row): Stream => ({
    key: row.key,
    guildId: row.guild_id,
    mirrorId: row.mirror_id,
    fromChannelId: row.from_channel_id,
    targetChannelId: row.target_channel_id,
    threadId: row.thread_id,
    isThread: row.is_thread,
    cursor: row.cursor,
    wanted: row.wanted,
    reviewAfter: row.review_after,
  }));

const shown = z.object({
  editedAt: z.string().nullable(),
  attachments: z.array(z.string()),
  reactions: z.array(z.string()),
});

export const copyRow = z
  .object({ message_id: z.string(), copy_id: z.string(), shown_in: z.string(), shown })
  .transform((row): KnownCopy => ({
    messageId: row.message_id,
    copyId: row.copy_id,
    shownIn: row.shown_in,
    shown: row.shown,
  }));

export const begunCopyRow = z
  .object({ message_id: z.string(), shown_in: z.string(), words: z.string().nullable() })
  .transform((row): BegunCopy => ({
    messageId: row.message_id,
    shownIn: row.shown_in,
    words: row.words,
  }));
