import { header } from '../headers';
import { isHmacOf, refused, VERIFIED } from '../signatures';
import type { SourceRequest, VerifyContext, Verdict } from '../source';

/** How old a message may be, in milliseconds; and how far ahead of ours Twitch's clock. */
const OLDEST = 600_000;

/**
 * HMAC-SHA256 over id, timestamp and raw body.
 * https://dev.twitch.tv/docs/eventsub/handling-webhook-events
 */
export function verify(
  request: SourceRequest,
  { secrets, now }: Pick<VerifyContext<unknown>, 'secrets' | 'now'>,
): Verdict {
  const id = header(request, 'twitch-eventsub-message-id');
  const timestamp = header(request, 'twitch-eventsub-message-timestamp');
  const given = header(request, 'twitch-eventsub-message-signature');
  const [, hex = null] = /^sha256=([0-9a-f]{64})$/i.exec(given ?? '') ?? [];
  // RFC 3339: with an end that is known, no other split of the same bytes has the same signature.
  const at = Date.parse(
    /^\d{4}-\d\d-\d\dT[\d:.]{8,18}Z$/.test(timestamp ?? '') ? (timestamp ?? '') : '',
  );
  if (id === null || timestamp === null || hex === null || Number.isNaN(at)) {
    return refused('unsigned');
  }
  if (!isHmacOf(secrets, 'sha256', [id, timestamp, request.body], hex)) {
    return refused('wrong-signature');
  }
  if (now - at > OLDEST) return refused('too-old');
  if (at - now > OLDEST) return refused('too-new');
  return VERIFIED;
}
