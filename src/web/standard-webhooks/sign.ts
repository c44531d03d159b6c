import { createHmac } from 'node:crypto';

/** The headers of Standard Webhooks 1.0.0. */
export interface WebhookHeaders {
  readonly 'webhook-id': string;
  /** Whole seconds since the epoch. */
  readonly 'webhook-timestamp': string;
  /** One or more signatures, with a space between them. */
  readonly 'webhook-signature': string;
}

/** What is signed. */
export interface WebhookMessage {
  /** Stays the same however often the message is sent. It holds no full stop: that ends it. */
  readonly id: string;
  /** When it is sent this time, in milliseconds since the epoch. */
  readonly at: number;
  /** Exactly the bytes that are sent; empty where there is no body. */
  readonly body: Buffer | string;
}

/** Bytes that no other message has, for an id and a timestamp without full stops. */
export function signature(key: Buffer, id: string, timestamp: string, body: Buffer | string) {
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}

/**
 * Signs a message, with each of several keys while they are exchanged.
 *
 * @throws RangeError for an id that cannot be signed
 */
export function sign(keys: readonly Buffer[], { id, at, body }: WebhookMessage): WebhookHeaders {
  if (!isMessageId(id))
    throw new RangeError('The id must be 1 to 128 visible characters without a full stop.');
  const timestamp = String(Math.floor(at / 1_000));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': keys.map((key) => signature(key, id, timestamp, body)).join(' '),
  };
}

/**
 * Visible ASCII without the full stop, which separates the id from the timestamp in what is signed: with
 * one in it, another split of the same bytes would have the same signature.
 */
export function isMessageId(text: string): boolean {
  return /^[\x21-\x2d\x2f-\x7e]{1,128}$/.test(text);
}
