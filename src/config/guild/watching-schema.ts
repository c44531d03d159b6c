import { z } from 'zod';
import { parseServerAddress } from './server-address';
import { DAY, discordName, duration, MINUTE, roles, section, word } from './values';

/** How a guild's game servers are watched together, as an administrator writes it. */

const control = z
  .string()
  .trim()
  .refine(
    (text) => (parseServerAddress(text)?.port ?? null) !== null,
    'must be host:port, such as 1.1.1.1:443',
  );

export const watching = section({
  alerts_channel: discordName.optional(),
  ping: roles.optional(),
  senior: word.optional(),
  raise_after: duration({ least: MINUTE, most: 7 * DAY }).optional(),
  remind_after: z
    .array(duration({ least: MINUTE, most: 7 * DAY }))
    .max(10)
    .optional(),
  public_channel: discordName.optional(),
  status_message: discordName.optional(),
  control: z.array(control).max(10).optional(),
  slug: z
    .string()
    .regex(
      /^(?=.{1,64}$)[a-z0-9]+(?:-[a-z0-9]+)*$/,
      'must be at most 64 lower-case letters, digits and single -, such as kestrel-keep',
    )
    .optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(?:-[A-Z]{2})?$/, 'must be a language such as en, de or pt-BR')
    .optional(),
});

export type WatchingEntry = z.infer<typeof watching>;
