import { z } from 'zod';
import { DURATION_EXAMPLES, formatDuration, parseDuration } from '../duration';
import { isEmoji } from './emoji';

/**
 * The one schema of a guild's configuration as an administrator writes it (contract, section 3).
 * What one value must be like is said here; what values must be like together, in references.ts.
 * Lengths are those of Discord (https://docs.discord.com/developers/components/reference), counted in
 * UTF-16 code units.
 */

const SECOND = 1_000;
const DAY = 24 * 60 * 60 * SECOND;

/** An object that knows its keys: they are named to whoever writes another one. */
function section<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? Object.keys(shape).join(', ') : undefined,
  });
}

/** Text of one line. */
function line(most: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'must be one line of text');
}

/** Text of several lines. */
function paragraphs(most: number) {
  return z.string().trim().min(1).max(most);
}

/** A word of the configuration's own that other entries refer to and that ids of buttons carry. */
const word = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_-]{0,31}$/,
    'must be 1 to 32 lower-case letters, digits, - and _, beginning with a letter or digit',
  );

/** Something of Discord's, by id or by name; found when the configuration is applied. */
const discordName = z.string().trim().min(1).max(100);

function duration({ least, most }: { least: number; most: number }) {
  return z.custom<string>(
    (value) => {
      const time = typeof value === 'string' ? parseDuration(value) : undefined;
      return time !== undefined && time >= least && time <= most;
    },
    {
      error: ({ input }) => {
        const time = typeof input === 'string' ? parseDuration(input) : undefined;
        if (time === undefined) return `must be a duration such as ${DURATION_EXAMPLES}`;
        return `must be from ${formatDuration(least)} to ${formatDuration(most)}`;
      },
    },
  );
}

function count(most: number) {
  return z.number().int().min(1).max(most);
}

const roles = z.array(discordName).min(1).max(50);

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
});

export const guildConfigurationFileSchema = section({
  guilds: z.array(guild).min(1).max(100),
});

/** A configuration file as it was written, valid in itself; nothing of it is looked up in Discord yet. */
export type GuildConfigurationFile = z.infer<typeof guildConfigurationFileSchema>;
export type GuildEntry = GuildConfigurationFile['guilds'][number];
