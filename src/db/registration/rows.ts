import { z } from 'zod';
import { EDITIONS, type Account, type Edition } from '../../domain/registration/account';
import { nameKey } from '../../domain/registration/name';
import type { RegistrationStatus } from '../../domain/registration/registration';
import { storable } from '../storable';
import { instant, whole } from '../watching/query';
import type { PendingRegistration, RegistrationRow, WhitelistEntry } from './reading';

/** How the rows become the domain's types. */

const STATUSES = [
  'starting',
  'waiting',
  'linking',
  'verified',
  'rejected',
  'timed-out',
  'cancelled',
  'locked',
  'refused',
] as const satisfies readonly RegistrationStatus[];

const edition = z.enum(EDITIONS);

/** What is compared and kept unique: the same for every way to write a name. */
export function comparable(edition: Edition, name: string): string {
  return nameKey(edition, storable(name));
}

export const PENDING_COLUMNS = 'id, guild_id, user_id, edition, name, code_hash, ends_at';

export const pendingRow = z
  .object({
    id: z.string(),
    guild_id: z.string(),
    user_id: z.string(),
    edition,
    name: z.string(),
    code_hash: z.string(),
    ends_at: instant,
  })
  .transform((row): PendingRegistration => ({
    registrationId: row.id,
    guildId: row.guild_id,
    userId: row.user_id,
    edition: row.edition,
    name: row.name,
    codeHash: row.code_hash,
    endsAt: row.ends_at,
  }));

/** Without the hash: who lists registrations needs none. */
export const REGISTRATION_COLUMNS = `id, number, guild_id, user_id, edition, name, status, codes, wrong,
  started_at, ends_at, ended_at, locked_until`;

export const registrationRow = z
  .object({
    id: z.string(),
    number: whole,
    guild_id: z.string(),
    user_id: z.string(),
    edition,
    name: z.string(),
    status: z.enum(STATUSES),
    codes: z.number(),
    wrong: z.number(),
    started_at: instant,
    ends_at: instant.nullable(),
    ended_at: instant.nullable(),
    locked_until: instant.nullable(),
  })
  .transform((row): RegistrationRow => ({
    registrationId: row.id,
    number: row.number,
    guildId: row.guild_id,
    userId: row.user_id,
    edition: row.edition,
    name: row.name,
    status: row.status,
    codes: row.codes,
    wrong: row.wrong,
    startedAt: row.started_at,
    endsAt: row.ends_at,
    endedAt: row.ended_at,
    lockedUntil: row.locked_until,
  }));

/** All of them are in the indexes of the lists. */
export const ACCOUNT_COLUMNS =
  'key, guild_id, user_id, edition, name, uuid, is_primary, linked_at, linked_by';

export const accountRow = z
  .object({
    key: z.number(),
    guild_id: z.string(),
    user_id: z.string(),
    edition,
    name: z.string(),
    uuid: z.string().nullable(),
    is_primary: z.boolean(),
    linked_at: instant,
    linked_by: z.string().nullable(),
  })
  .transform((row): Account => ({
    key: row.key,
    guildId: row.guild_id,
    userId: row.user_id,
    edition: row.edition,
    name: row.name,
    uuid: row.uuid,
    primary: row.is_primary,
    linkedAt: row.linked_at,
    linkedBy: row.linked_by,
  }));

export const WHITELIST_COLUMNS = `e.account_key, a.user_id, e.edition, e.name, e.uuid, e.wanted, e.version,
  e.applied_version >= e.version as settled, e.wanted_at, e.applied_at, e.error`;

export const whitelistRow = z
  .object({
    account_key: z.number(),
    user_id: z.string(),
    edition,
    name: z.string(),
    uuid: z.string().nullable(),
    wanted: z.boolean(),
    version: whole,
    settled: z.boolean(),
    wanted_at: instant,
    applied_at: instant.nullable(),
    error: z.string().nullable(),
  })
  .transform((row): WhitelistEntry => ({
    accountKey: row.account_key,
    userId: row.user_id,
    edition: row.edition,
    name: row.name,
    uuid: row.uuid,
    wanted: row.wanted,
    version: row.version,
    settled: row.settled,
    wantedAt: row.wanted_at,
    appliedAt: row.applied_at,
    error: row.error,
  }));
