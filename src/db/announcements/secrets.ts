import type { Knex } from 'knex';
import { z } from 'zod';
import { execute, json, query } from '../watching/query';
import type { MadeSecret } from './reading';
import { madeSecretsSchema } from './rows';

/** Secrets of sources, sealed. Whoever calls holds the guild's lock. */

export async function addSecret(
  transaction: Knex,
  guildId: string,
  id: string,
  { sealed, madeAt, othersUntil }: { sealed: string; madeAt: number; othersUntil: number },
): Promise<boolean> {
  const known = await secretsOf(transaction, guildId, id);
  if (known === null) return false;
  if (known.secrets.some((secret) => secret.sealed === sealed)) return true;
  const others = known.secrets
    .map((secret) => ({
      ...secret,
      // One that ends sooner is not made valid for longer.
      validUntil: Math.min(secret.validUntil ?? othersUntil, othersUntil),
    }))
    .filter(({ validUntil }) => validUntil > madeAt);
  await setSecrets(transaction, guildId, id, [{ sealed, madeAt, validUntil: null }, ...others]);
  return true;
}

async function secretsOf(transaction: Knex, guildId: string, id: string) {
  const [known] = await query(
    transaction,
    z.object({ secrets: madeSecretsSchema }),
    `select secrets from announcement_sources where guild_id = :guildId and id = :id`,
    { guildId, id },
  );
  return known ?? null;
}

async function setSecrets(
  transaction: Knex,
  guildId: string,
  id: string,
  secrets: readonly MadeSecret[],
): Promise<void> {
  await execute(
    transaction,
    `update announcement_sources set secrets = :secrets, updated_at = now()
     where guild_id = :guildId and id = :id`,
    { guildId, id, secrets: json(secrets) },
  );
}
