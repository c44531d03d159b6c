import { z } from 'zod';
import { EDITIONS } from '../../domain/registration/account';
import { MOST_ATTEMPTS } from '../../domain/registration/code';
import { count, DAY, discordName, duration, MINUTE, section, word } from './values';

/** How members register their accounts, as an administrator writes it; what its values must be like together says registration-references.ts. */

const whenGone = z.enum(['unlink', 'keep']);

export const registration = section({
  timeout: duration({ least: MINUTE, most: DAY }).optional(),
  code: z.enum(['letters', 'digits']).optional(),
  attempts: count(MOST_ATTEMPTS.letters).optional(),
  lock: duration({ least: MINUTE, most: 30 * DAY }).optional(),
  most_codes: count(10).optional(),
  most_accounts: count(25).optional(),
  editions: z.array(z.enum(EDITIONS)).min(1).max(EDITIONS.length).optional(),
  /** Names of the Java edition cannot begin so; else nobody could tell the editions apart in the game. */
  bedrock_prefix: z
    .string()
    .regex(
      /^[^\p{L}\p{N}_\p{C}\p{Z}]{1,4}$/u,
      'must be 1 to 4 signs that no name has, such as . or *',
    )
    .optional(),
  role: discordName.optional(),
  nickname: z.boolean().optional(),
  fallback_channel: discordName.optional(),
  log_channel: discordName.optional(),
  on_leave: whenGone.optional(),
  on_ban: whenGone.optional(),
  whitelist: z.array(word).max(200).optional(),
});

export type RegistrationEntry = z.infer<typeof registration>;
