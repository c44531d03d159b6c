import { z } from 'zod';
import { EDITIONS } from '../../../domain/registration/account';

/** What the Game API takes and gives, as JSON. Other members may come in later versions; they mean nothing. */

export const LONGEST_SERVER_NAME = 200;
/** Of changes to a whitelist in one answer or request. */
export const MOST_CHANGES = 200;

const serverName = z
  .string()
  .min(1)
  .max(LONGEST_SERVER_NAME)
  .describe(
    "The server's id as configured; or the guild's id or its name in addresses, a slash, and the server's id.",
  );
const edition = z.enum(EDITIONS);
const instant = z.iso.datetime().describe('RFC 3339, UTC.');
const message = z.string().describe('For the player, in the game: plain text.');

export const verificationRequest = z.looseObject({
  server: serverName,
  player: z.looseObject({
    name: z
      .string()
      .min(1)
      .max(64)
      .describe("As the server has it; with the guild's prefix for players of Bedrock."),
    uuid: z
      .string()
      .regex(/^[0-9A-Fa-f]{8}(?:-?[0-9A-Fa-f]{4}){3}-?[0-9A-Fa-f]{12}$/)
      .describe('As the server has it; 32 hexadecimal digits, with hyphens or without.'),
  }),
  code: z
    .string()
    .min(1)
    .max(64)
    .describe('As the player typed it. Case, spaces and hyphens do not matter.'),
});

export const verified = z.looseObject({ verified: z.literal(true), message });

/** What a refusal has beside the members of every problem. */
export const refusedVerification = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  message,
  attemptsLeft: z.number().int().min(1).optional().describe('With 422.'),
  lockedUntil: instant.optional().describe('With 423.'),
});

export const pendingRegistrations = z.looseObject({
  version: z
    .string()
    .describe('To be sent back as `known`: the next answer then waits for another one.'),
  registrations: z.array(
    z.looseObject({
      name: z.string().describe('As the server names the player; compare it without case.'),
      edition,
      endsAt: instant.describe('Until when the code can be typed: RFC 3339, UTC.'),
    }),
  ),
});

export const whitelistChanges = z.looseObject({
  changes: z
    .array(
      z.looseObject({
        id: z.string().describe('To be sent back when it was made.'),
        sequence: z
          .number()
          .int()
          .describe('Grows from change to change; the last one is what `after` takes.'),
        action: z.enum(['add', 'remove']),
        name: z.string().describe('As the server names the player.'),
        edition,
        uuid: z.string().nullable().describe('Lower case with hyphens; null: not known yet.'),
      }),
    )
    .describe('In the order in which they are to be made.'),
});

export const whitelistApplied = z.looseObject({
  server: serverName,
  applied: z
    .array(z.string().regex(/^\d{1,15}-\d{1,15}$/))
    .min(1)
    .max(MOST_CHANGES)
    .describe('The ids of the changes that were made.'),
});

/** By the names that the description gives them. */
export const schemas = z.registry<{ readonly id: string }>();
schemas.add(verificationRequest, { id: 'VerificationRequest' });
schemas.add(verified, { id: 'Verified' });
schemas.add(refusedVerification, { id: 'RefusedVerification' });
schemas.add(pendingRegistrations, { id: 'PendingRegistrations' });
schemas.add(whitelistChanges, { id: 'WhitelistChanges' });
schemas.add(whitelistApplied, { id: 'WhitelistApplied' });
