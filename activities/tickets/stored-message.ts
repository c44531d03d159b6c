import type { APIMessage } from 'discord-api-types/v10';
import { z } from 'zod';

/** A message as it is kept outside Discord. Texts are as they were written: harmless only once rendered. */
export const storedMessage = z.object({
  id: z.string(),
  authorId: z.string(),
  authorName: z.string(),
  bot: z.boolean(),
  content: z.string(),
  /** ISO 8601, as Discord gives them. */
  writtenAt: z.string(),
  editedAt: z.string().nullable(),
  repliesTo: z.string().nullable(),
  embeds: z.array(z.unknown()),
  attachments: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      size: z.number(),
      contentType: z.string().nullable(),
      /** Where its bytes are stored; `null` when Discord had them no more. */
      key: z.string().nullable(),
    }),
  ),
  /** Seen while the ticket was open, and no longer there when it closed. */
  deleted: z.boolean(),
});

export type StoredMessage = z.infer<typeof storedMessage>;

export const storedMessages = z.array(storedMessage);

/** @param keys where the attachments' bytes went, by attachment id */
export function toStored(
  message: APIMessage,
  keys: ReadonlyMap<string, string | null>,
): StoredMessage {
  return {
    id: message.id,
    authorId: message.author.id,
    authorName: message.author.global_name ?? message.author.username,
    bot: message.author.bot ?? false,
    content: message.content,
    writtenAt: message.timestamp,
    editedAt: message.edited_timestamp,
    repliesTo: message.message_reference?.message_id ?? null,
    embeds: message.embeds,
    attachments: message.attachments.map(({ id, filename, size, content_type }) => ({
      id,
      name: filename,
      size,
      contentType: content_type ?? null,
      key: keys.get(id) ?? null,
    })),
    deleted: false,
  };
}
