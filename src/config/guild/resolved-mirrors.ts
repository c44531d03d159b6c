import { z } from 'zod';
import type { MirrorSettings } from '../../domain/mirrors/settings';

/** Mirrors as the program uses them: part of a guild's stored configuration. */

const id = z.string().min(1);

export const mirrorSettingsSchema: z.ZodType<MirrorSettings> = z.object({
  id,
  fromChannelId: id,
  to: z.object({ guildId: id, channelId: id }),
  style: z.enum(['webhook', 'plain']),
  filter: z.object({
    authors: z.array(id),
    bots: z.boolean(),
    contains: z.array(z.string()),
    lacks: z.array(z.string()),
  }),
  reactions: z.boolean(),
  threads: z.boolean(),
  editWindowMs: z.number().int().nonnegative(),
});

export const mirrorDefinitionSchema = z.object({
  settings: mirrorSettingsSchema,
  /** Whether the guild that is copied into says so in the same file, or is the same guild. */
  agreed: z.boolean(),
});

export type MirrorDefinition = z.infer<typeof mirrorDefinitionSchema>;
