import { parseSecret, SECRET_PREFIX, WebhookSecretError } from '../../config/webhook-secret';
import { verify } from '../standard-webhooks/verify';
import { refused, VERIFIED } from './signatures';
import type { SourceRequest, Verdict } from './source';

/**
 * Verifies a delivery by Standard Webhooks.
 *
 * @param secrets those that are none of Standard Webhooks are passed over
 */
export function signedVerdict(
  request: SourceRequest,
  secrets: readonly string[],
  now: number,
): Verdict {
  const verdict = verify(request, secrets.flatMap(keyOf), now);
  if (verdict.verified) return VERIFIED;
  switch (verdict.reason) {
    case 'no-headers':
    case 'malformed-headers':
      return refused('unsigned');
    default:
      return refused(verdict.reason);
  }
}

function keyOf(secret: string): readonly Buffer[] {
  if (!secret.startsWith(SECRET_PREFIX)) return [];
  try {
    return [parseSecret(secret)];
  } catch (error) {
    if (error instanceof WebhookSecretError) return [];
    throw error;
  }
}
