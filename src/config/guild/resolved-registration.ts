import { z } from 'zod';
import { EDITIONS } from '../../domain/registration/account';

/** How members register, and which servers take part, as the program uses it: part of a guild's stored configuration. */

const id = z.string().min(1);
const milliseconds = z.number().int().nonnegative();
const count = z.number().int().positive();

export const registrationSchema = z.object({
  /** From the command, or from the newest code, to the end. */
  timeoutMs: milliseconds,
  code: z.enum(['letters', 'digits']),
  /** Wrong codes over the whole registration, until it is locked. */
  mostAttempts: count,
  /** For how long the user cannot try the name again then. */
  lockMs: milliseconds,
  /** Codes that one registration gives out. */
  mostCodes: count,
  /** Accounts that one user may have in the guild. */
  mostAccounts: count,
  /** Each once; the first one is meant where nobody says which. */
  editions: z.array(z.enum(EDITIONS)),
  /** What servers put before the names of Bedrock's players. */
  bedrockPrefix: z.string(),
  /** The role that registered members have. */
  roleId: id.nullable(),
  /** Whether the name of the primary account becomes the member's nickname. */
  nickname: z.boolean(),
  /** Where the end of a registration is told when nothing else reaches the user; no personal data is written there. */
  fallbackChannelId: id.nullable(),
  /** Where staff read what changes about accounts. */
  logChannelId: id.nullable(),
  /** What becomes of the accounts of whoever leaves, or is banned. */
  onLeave: z.enum(['unlink', 'keep']),
  onBan: z.enum(['unlink', 'keep']),
  /** Ids of the servers whose whitelist registered accounts are on. */
  whitelist: z.array(id),
});

export type RegistrationSettings = z.infer<typeof registrationSchema>;

/** How one game server takes part in registrations. */
export const gameSettingsSchema = z.discriminatedUnion('adapter', [
  z.object({
    /** The server's id, unique in its guild. */
    serverId: id,
    adapter: z.literal('plugin'),
    /** Environment variables of the web process that hold the secrets; all of them are valid. */
    secretVariables: z.array(id),
  }),
  z.object({
    serverId: id,
    adapter: z.literal('rcon'),
    host: z.string(),
    port: z.number().int().min(1).max(65_535),
    /** Whether addresses of private and local networks may be asked. */
    allowInternal: z.boolean(),
    /** The environment variable of the worker that holds the password. */
    passwordVariable: id,
    /** The objective of the scoreboard that players trigger with their code. */
    objective: id,
  }),
  z.object({
    serverId: id,
    adapter: z.literal('log'),
    /** The whole path of the server's latest.log, on the worker's machine. */
    file: id,
  }),
]);

export type GameSettings = z.infer<typeof gameSettingsSchema>;
