import { header } from '../headers';
import { verifySha256 } from '../signatures';
import type { SourceRequest, VerifyContext, Verdict } from '../source';

/** HMAC-SHA256 over the raw body. https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries */
export function verify(
  request: SourceRequest,
  { secrets }: Pick<VerifyContext<unknown>, 'secrets'>,
): Verdict {
  return verifySha256(secrets, request.body, header(request, 'x-hub-signature-256'));
}
