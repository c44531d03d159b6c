import { z } from 'zod';
import type { SourceRecord } from '../../src/db/announcements';
import { SealError } from '../../src/temporal/seal';
import type { SubscriptionDependencies } from './dependencies';

const DAY = 86_400_000;

/** With what a hub is to sign. */
export interface HubSecret {
  readonly secret: string;
  /** Milliseconds since the epoch; 0: it is given by the environment. */
  readonly madeAt: number;
}

/**
 * The newest secret of a source; one is made where there is none, or none that can be opened any more.
 *
 * @returns `null`: the source is gone, or the environment variable that should hold it is not set
 */
export async function hubSecretOf(
  { records, seal, randomBytes, secretOf, log }: SubscriptionDependencies,
  { guildId, settings, secrets }: SourceRecord,
  now: number,
): Promise<HubSecret | null> {
  const { id, secretVariables } = settings;
  if (secretVariables.length > 0) {
    const secret = secretVariables.flatMap((name) => secretOf(name) ?? [])[0];
    return secret === undefined ? null : { secret, madeAt: 0 };
  }
  const [newest] = secrets;
  if (newest !== undefined) {
    try {
      return { secret: seal.open(newest.sealed, z.string()), madeAt: newest.madeAt };
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      log.warn({ source: id }, 'The secret for a hub cannot be opened; it gets another one');
    }
  }
  const secret = randomBytes(32).toString('base64url');
  const made = { sealed: seal.seal(secret), madeAt: now, othersUntil: now + DAY };
  return (await records.addSecret(guildId, id, made)) ? { secret, madeAt: now } : null;
}
