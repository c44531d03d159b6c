import { verifyHub } from '../websub';
import type { SourceRequest, VerifyContext, Verdict } from '../source';

/** A feed is polled, or sent by a hub that signs it. */
export function verify(
  request: SourceRequest,
  { secrets }: Pick<VerifyContext<unknown>, 'secrets'>,
): Verdict {
  return verifyHub(request, secrets);
}
