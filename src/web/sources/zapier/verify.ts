import { header } from '../headers';
import { bearer, isOneOf, refused, VERIFIED } from '../signatures';
import type { SourceRequest, VerifyContext, Verdict } from '../source';

/** The header that takes the token where `Authorization` cannot be set. */
export const TOKEN_HEADER = 'x-castellan-token';

/** Zapier signs nothing: a Zap sends a token that its maker put into its headers. */
export function verify(
  request: SourceRequest,
  { secrets }: Pick<VerifyContext<unknown>, 'secrets'>,
): Verdict {
  const token = bearer(header(request, 'authorization')) ?? header(request, TOKEN_HEADER);
  if (token === null) return refused('unsigned');
  return isOneOf(secrets, token) ? VERIFIED : refused('wrong-signature');
}
