import type { Context } from 'koa';
import type { Authentication, Caller } from '../../game/authenticate';
import type { TokenBuckets } from '../../limits/token-buckets';
import { tooMany } from '../../come-again';

/**
 * Who sends a request, if it may send one more. Requests of strangers cost nobody's allowance.
 *
 * @param name the server's, as the request gives it
 * @throws ProblemError 401, 429; DatabaseUnavailable
 */
export async function callerOf(
  context: Context,
  {
    authentication,
    rates,
  }: { readonly authentication: Authentication; readonly rates: TokenBuckets },
  name: string,
  body: Buffer,
): Promise<Caller> {
  // RFC 9110, section 11.6.1: an answer 401 says how to authenticate.
  context.set('WWW-Authenticate', 'StandardWebhooks');
  const caller = await authentication.caller(name, { headers: context.req.headers, body });
  context.remove('WWW-Authenticate');
  const ms = rates.take(placeOf(caller));
  if (ms > 0) {
    throw tooMany(
      context,
      ms,
      'This server asks too often. Please wait as long as Retry-After says.',
    );
  }
  return caller;
}

/** The server as one word, unique in the deployment. */
export const placeOf = ({ server }: Caller): string => `${server.guildId}/${server.id}`;
