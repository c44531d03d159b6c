import { header } from '../headers';
import { verifySha256 } from '../signatures';
import type { SourceRequest, VerifyContext, Verdict } from '../source';

/** HMAC-SHA256 over the raw body. https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks */
export function verify(
  request: SourceRequest,
  { secrets }: Pick<VerifyContext<unknown>, 'secrets'>,
): Verdict {
  return verifySha256(secrets, request.body, header(request, 'x-hub-signature'));
}
