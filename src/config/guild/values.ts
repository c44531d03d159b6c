import { z } from 'zod';
import { DURATION_EXAMPLES, formatDuration, parseDuration } from '../duration';

/** What single values of a configuration file are like, wherever they stand. */

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const DAY = 24 * 60 * MINUTE;

/** An object that knows its keys: they are named to whoever writes another one. */
export function section<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? Object.keys(shape).join(', ') : undefined,
  });
}

/** Text of one line. */
export function line(most: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'must be one line of text');
}

/** Text of several lines. */
export function paragraphs(most: number) {
  return z.string().trim().min(1).max(most);
}

/** A word of the configuration's own that other entries refer to and that ids of buttons carry. */
export const word = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_-]{0,31}$/,
    'must be 1 to 32 lower-case letters, digits, - and _, beginning with a letter or digit',
  );

/** Something of Discord's, by id or by name; found when the configuration is applied. */
export const discordName = z.string().trim().min(1).max(100);

/** A time such as `10m`, in milliseconds from `least` to `most`; it stays the text that was written. */
export function duration({ least, most }: { least: number; most: number }) {
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

/** A whole number from 1 on. */
export function count(most: number) {
  return z.number().int().min(1).max(most);
}

/** Roles of Discord's, by id or by name. */
export const roles = z.array(discordName).min(1).max(50);
