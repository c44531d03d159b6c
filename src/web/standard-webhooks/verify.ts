import { timingSafeEqual } from 'node:crypto';
import { isMessageId, signature } from './sign';

/** How far a sender's clock may be off, in either direction: 5 minutes, in seconds. */
export const TOLERANCE_S = 300;

/** A request as it came. */
export interface ReceivedWebhook {
  /** By lower-case name, as Node gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The bytes as they came, not what was parsed from them. */
  readonly body: Buffer;
}

export type WebhookVerdict =
  | { readonly verified: true; readonly id: string }
  | {
      readonly verified: false;
      readonly reason:
        | 'no-headers'
        | 'malformed-headers'
        | 'wrong-signature'
        /** The signature is right; the clocks differ, or an old message is sent again. */
        | 'too-old'
        | 'too-new';
    };

/**
 * Verifies a message by Standard Webhooks 1.0.0. Signatures of versions other than `v1` are passed
 * over. Every given signature is compared with that of every key, each in constant time, whether or not
 * one was right before.
 *
 * @param keys those that are valid at present: two while they are exchanged
 * @param now milliseconds since the epoch
 */
export function verify(
  { headers, body }: ReceivedWebhook,
  keys: readonly Buffer[],
  now: number,
): WebhookVerdict {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const given = headers['webhook-signature'];
  if (id === undefined || timestamp === undefined || given === undefined) {
    return { verified: false, reason: 'no-headers' };
  }
  if (
    typeof id !== 'string' ||
    typeof timestamp !== 'string' ||
    typeof given !== 'string' ||
    !isMessageId(id) ||
    !/^(?:0|[1-9]\d{0,11})$/.test(timestamp)
  ) {
    return { verified: false, reason: 'malformed-headers' };
  }
  if (!isSignedBy(keys, id, timestamp, body, given)) {
    return { verified: false, reason: 'wrong-signature' };
  }
  const age = Math.floor(now / 1_000) - Number(timestamp);
  if (age > TOLERANCE_S) return { verified: false, reason: 'too-old' };
  if (age < -TOLERANCE_S) return { verified: false, reason: 'too-new' };
  return { verified: true, id };
}

function isSignedBy(
  keys: readonly Buffer[],
  id: string,
  timestamp: string,
  body: Buffer,
  given: string,
): boolean {
  const candidates = given.split(' ').map((text) => Buffer.from(text, 'latin1'));
  let right = false;
  for (const key of keys) {
    const expected = Buffer.from(signature(key, id, timestamp, body), 'latin1');
    for (const candidate of candidates) {
      // How long a right signature is, everybody knows.
      const same = candidate.length === expected.length && timingSafeEqual(candidate, expected);
      right ||= same;
    }
  }
  return right;
}
