import { z } from 'zod';
import { line, section } from './values';

/** How a server takes part in registrations, as an administrator writes it; what goes with which adapter says registration-references.ts. */

export const GAME_ADAPTERS = ['plugin', 'rcon', 'log'] as const;
export type GameAdapter = (typeof GAME_ADAPTERS)[number];

/** The beginning of the name keeps a configuration from using our other secrets for a server of its choice. */
const secretVariable = z
  .string()
  .regex(
    /^GAME_SECRET(?:_[A-Z0-9_]{1,64})?$/,
    'must be the name of an environment variable that begins with GAME_SECRET, such as GAME_SECRET_SURVIVAL',
  );

export const passwordVariable = z
  .string()
  .regex(
    /^RCON_PASSWORD(?:_[A-Z0-9_]{1,64})?$/,
    'must be the name of an environment variable that begins with RCON_PASSWORD, such as RCON_PASSWORD_SURVIVAL',
  );

export const game = section({
  adapter: z.enum(GAME_ADAPTERS),
  secret_env: secretVariable.optional(),
  second_secret_env: secretVariable.optional(),
  address: z.string().trim().min(1).max(500).optional(),
  password_env: passwordVariable.optional(),
  /** Scoreboard objectives had at most 16 characters before Minecraft 1.18. */
  objective: z
    .string()
    .regex(
      /^[A-Za-z][A-Za-z0-9_]{0,15}$/,
      'must be 1 to 16 letters, digits and _, beginning with a letter, such as verify',
    )
    .optional(),
  file: line(1000)
    .refine(
      (path) => /^(?:\/|[A-Za-z]:[\\/]).*\.log$/.test(path),
      'must be the whole path of the log, such as /srv/minecraft/logs/latest.log',
    )
    .optional(),
});

export type GameEntry = z.infer<typeof game>;
