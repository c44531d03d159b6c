import { SECRET_PREFIX } from '../../../config/webhook-secret';
import { header } from '../headers';
import { isOneOf, refused, VERIFIED } from '../signatures';
import type { SourceRequest, VerifyContext, Verdict } from '../source';
import { signedVerdict } from '../signed';

/**
 * By the secret token that GitLab repeats in a header, or by the signature of newer versions, which is that of
 * Standard Webhooks. A secret with `whsec_` before it is a key to sign with, and is never taken as a token:
 * else the weaker proof would do wherever the stronger one was set up.
 * https://docs.gitlab.com/user/project/integrations/webhooks
 */
export function verify(
  request: SourceRequest,
  { secrets, now }: Pick<VerifyContext<unknown>, 'secrets' | 'now'>,
): Verdict {
  if (header(request, 'webhook-signature') !== null) {
    return signedVerdict(request, secrets, now);
  }
  const token = header(request, 'x-gitlab-token');
  if (token === null) return refused('unsigned');
  const tokens = secrets.filter((secret) => !secret.startsWith(SECRET_PREFIX));
  return isOneOf(tokens, token) ? VERIFIED : refused('wrong-signature');
}
