import { z } from 'zod';
import { announcements } from './announcement-schema';
import { isEmoji } from './emoji';
import { mirror, MOST_MIRRORS } from './mirror-schema';
import { registration } from './registration-schema';
import { server } from './server-schema';
import {
  count,
  DAY,
  discordName,
  duration,
  line,
  paragraphs,
  roles,
  SECOND,
  section,
  word,
} from './values';
import { watching } from './watching-schema';

/**
 * The one schema of a guild's configuration as an administrator writes it (contract, section 3).
 * What one value must be like is said here; what values must be like together, in references.ts.
 * Lengths are those of Discord (https://docs.discord.com/developers/components/reference), counted in
 * UTF-16 code units.
 */

const formField = section({
  id: word,
  label: line(45),
  description: line(100).optional(),
  style: z.enum(['short', 'paragraph']).optional(),
  required: z.boolean().optional(),
  placeholder: line(100).optional(),
  min_length: z.number().int().min(0).max(4000).optional(),
  max_length: count(4000).optional(),
});

const limits = section({
  /** Discord holds at most 50 channels in one category. */
  most_open: count(50).optional(),
  cooldown: duration({ least: SECOND, most: 30 * DAY }).optional(),
  most_per_day: count(1000).optional(),
});

const inactivity = section({
  warn_after: duration({ least: SECOND, most: 365 * DAY }),
  close_after: duration({ least: SECOND, most: 365 * DAY }),
});

const reopenWindow = duration({ least: 0, most: 365 * DAY });

const category = section({
  id: word,
  /** Stands on a button, in a menu and above the form, whose title has the tightest limit. */
  title: line(45),
  emoji: z
    .string()
    .trim()
    .refine(isEmoji, 'must be one emoji, such as 🛟, or a custom one as <:name:id>')
    .optional(),
  description: line(100),
  kind: z.enum(['ticket']).optional(),
  team: word,
  channels_under: discordName.optional(),
  form: z.array(formField).max(5).optional(),
  limits: limits.optional(),
  inactivity: z.union([z.literal('none'), inactivity]).optional(),
  reopen_window: reopenWindow.optional(),
});

const team = section({
  name: line(80),
  members: roles,
  senior: word.optional(),
});

const panel = section({
  id: word,
  title: line(256),
  description: paragraphs(4000),
  categories: z.array(word).min(1).max(25),
  style: z.enum(['buttons', 'menu']).optional(),
});

/** A round of checks is counted in batches of 1,000; a guild is not to fill one alone. */
const MOST_SERVERS = 200;

const guild = section({
  guild: discordName,
  roles: section({ admin: roles.optional() }).optional(),
  teams: z.record(word, team),
  categories: z.array(category).min(1).max(25),
  limits: limits.optional(),
  inactivity: inactivity.optional(),
  reopen_window: reopenWindow.optional(),
  desk: section({ log_channel: discordName.optional() }).optional(),
  panels: z.array(panel).max(25).optional(),
  servers: z.array(server).max(MOST_SERVERS).optional(),
  watching: watching.optional(),
  registration: registration.optional(),
  mirrors: z.array(mirror).max(MOST_MIRRORS).optional(),
  /** Guilds whose mirrors may copy into this one. */
  accepts_mirrors_of: z.array(discordName).min(1).max(100).optional(),
  announcements: announcements.optional(),
});

export const guildConfigurationFileSchema = section({
  guilds: z.array(guild).min(1).max(100),
});

/** A configuration file as it was written, valid in itself; nothing of it is looked up in Discord yet. */
export type GuildConfigurationFile = z.infer<typeof guildConfigurationFileSchema>;
export type GuildEntry = GuildConfigurationFile['guilds'][number];
