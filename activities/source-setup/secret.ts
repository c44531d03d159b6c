import { z } from 'zod';
import type { MadeSecret, SourceRecord } from '../../src/db/announcements';
import { SealError, type Seal } from '../../src/temporal/seal';
import { writtenSecret } from '../../src/temporal/source-secret';
import type { Attempt } from '../attempt';
import type { SourceSetupDependencies } from './dependencies';

/** For how long the secrets before a new one stay valid, in milliseconds. */
const DAY = 24 * 60 * 60_000;

/** A source's newest secret. */
export interface GivenSecret {
  /** As the person is to enter it. */
  readonly secret: string;
  /** Until when an older one is valid, in milliseconds since the epoch; `null`: none is. */
  readonly othersUntil: number | null;
}

/** Whether a source has the secret of this operation: then an earlier try gave it. */
export function hasSecretOf(
  { seal, makeSecret }: Pick<SourceSetupDependencies, 'seal' | 'makeSecret'>,
  { settings, secrets }: Pick<SourceRecord, 'settings' | 'secrets'>,
  operation: string,
): boolean {
  const secret = writtenSecret(settings.origin, makeSecret(operation));
  return secrets.some((made) => holds(seal, made, secret));
}

function holds(seal: Seal, { sealed }: MadeSecret, secret: string): boolean {
  try {
    return seal.open(sealed, z.string()) === secret;
  } catch (error) {
    // Sealed under a key that is lost: it is none that we make now.
    if (error instanceof SealError) return false;
    throw error;
  }
}

/**
 * Gives a source a secret of this operation's own: another try finds it and makes none.
 *
 * @param operation names the secret for all time
 * @returns `null`: the source is gone
 */
export async function giveSecret(
  { records, seal, makeSecret }: SourceSetupDependencies,
  { guildId, settings, secrets }: Pick<SourceRecord, 'guildId' | 'settings' | 'secrets'>,
  operation: string,
  { now }: Pick<Attempt, 'now'>,
): Promise<GivenSecret | null> {
  const { id, origin } = settings;
  const secret = writtenSecret(origin, makeSecret(operation));
  const before = secrets.findIndex((made) => holds(seal, made, secret));
  const others = (before < 0 ? secrets : secrets.slice(before + 1)).map(({ validUntil }) =>
    Math.min(validUntil ?? now + DAY, now + DAY),
  );
  if (before < 0) {
    const made = { sealed: seal.seal(secret), madeAt: now, othersUntil: now + DAY };
    if (!(await records.addSecret(guildId, id, made))) return null;
  }
  const until = Math.max(...others, 0);
  return { secret, othersUntil: until > now ? until : null };
}
