/** A text is no secret of Standard Webhooks. The message never shows it. */
export class WebhookSecretError extends Error {
  readonly code = 'webhook-secret';

  constructor(message: string) {
    super(message);
    this.name = 'WebhookSecretError';
  }
}

export const SECRET_PREFIX = 'whsec_';

/** In bytes. Standard Webhooks 1.0.0, "Signature scheme": at least 192 bits, at most 512. */
const LEAST = 24;
const MOST = 64;

/**
 * The key of HMAC-SHA256 that a secret stands for.
 *
 * @param secret `whsec_` and the base64 of 24 to 64 random bytes
 * @throws WebhookSecretError
 */
export function parseSecret(secret: string): Buffer {
  const text = secret.trim();
  if (!text.startsWith(SECRET_PREFIX)) {
    throw new WebhookSecretError(`it must begin with ${SECRET_PREFIX}.`);
  }
  const base64 = text.slice(SECRET_PREFIX.length);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) {
    throw new WebhookSecretError(`what follows ${SECRET_PREFIX} must be base64.`);
  }
  const key = Buffer.from(base64, 'base64');
  if (key.length < LEAST || key.length > MOST) {
    throw new WebhookSecretError(
      `what follows ${SECRET_PREFIX} must be the base64 of ${LEAST} to ${MOST} random bytes.`,
    );
  }
  return key;
}

/** The text of a key, as it is given to whoever signs. */
export function formatSecret(key: Buffer): string {
  return SECRET_PREFIX + key.toString('base64');
}
