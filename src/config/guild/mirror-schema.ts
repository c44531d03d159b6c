import { z } from 'zod';
import { DAY, discordName, duration, line, section, word } from './values';

/** Mirrors as an administrator writes them. */

/** A user's id: people are not looked up by name, since names change. */
const userId = z
  .string()
  .regex(/^\d{16,20}$/, 'must be the id of a user, such as "200000000000000001"');

const words = z.array(line(100)).min(1).max(50);

const filter = section({
  authors: z.array(userId).min(1).max(100).optional(),
  bots: z.boolean().optional(),
  contains: words.optional(),
  lacks: words.optional(),
});

export const mirror = section({
  id: word,
  from: discordName,
  /** Of this guild, or of another one. */
  to: z.union([discordName, section({ guild: discordName, channel: discordName })]),
  style: z.enum(['webhook', 'plain']).optional(),
  filter: filter.optional(),
  reactions: z.boolean().optional(),
  threads: z.boolean().optional(),
  edit_window: duration({ least: 0, most: 30 * DAY }).optional(),
});

/** A guild is not to fill the worker alone: each mirror copies at Discord's pace. */
export const MOST_MIRRORS = 50;
