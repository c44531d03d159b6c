import { verifyHub } from '../websub';
import type { SourceRequest, VerifyContext, Verdict } from '../source';

/**
 * HMAC-SHA1 over the raw body, as the hub signs it.
 * https://developers.google.com/youtube/v3/guides/push_notifications
 */
export function verify(
  request: SourceRequest,
  { secrets }: Pick<VerifyContext<unknown>, 'secrets'>,
): Verdict {
  return verifyHub(request, secrets);
}
