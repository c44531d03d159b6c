import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { ZodType } from 'zod';

/**
 * Seals values that must pass through a workflow's history but may not be read there: an
 * interaction's token, a person's words. It works whether or not payloads are encrypted as a whole.
 */
export interface Seal {
  /** @returns base64url text with a version before it; the same value never looks the same twice */
  seal(value: unknown): string;
  /**
   * @param schema what the value must be
   * @throws SealError when the text was not sealed with this key, or was changed
   * @throws ZodError when the value is not what the schema says
   */
  open<T>(sealed: string, schema: ZodType<T>): T;
}

/** A sealed text cannot be opened. */
export class SealError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SealError';
  }
}

const prefix = 'v1.';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * A seal with AES-256-GCM under a key of its own, derived from the secret by HKDF-SHA256 (RFC 5869),
 * so that it shares no key with the hashes and links that use the same secret.
 *
 * @param secretKey SECRET_KEY, at least 32 bytes
 */
export function createSeal(secretKey: Buffer): Seal {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'castellan/seal/v1', 32));
  return {
    seal(value) {
      const nonce = randomBytes(nonceBytes);
      const aes = createCipheriv('aes-256-gcm', key, nonce);
      const text = JSON.stringify({ value });
      const data = Buffer.concat([nonce, aes.update(text, 'utf8'), aes.final(), aes.getAuthTag()]);
      return prefix + data.toString('base64url');
    },
    open(sealed, schema) {
      const opened: unknown = JSON.parse(decrypt(key, sealed));
      const value =
        typeof opened === 'object' && opened !== null && 'value' in opened
          ? opened.value
          : undefined;
      return schema.parse(value);
    },
  };
}

function decrypt(key: Buffer, sealed: string): string {
  const data = Buffer.from(sealed.slice(prefix.length), 'base64url');
  if (!sealed.startsWith(prefix) || data.length < nonceBytes + tagBytes) {
    throw new SealError('This is not a sealed value.');
  }
  const aes = createDecipheriv('aes-256-gcm', key, data.subarray(0, nonceBytes));
  aes.setAuthTag(data.subarray(-tagBytes));
  try {
    return aes.update(data.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + aes.final('utf8');
  } catch (cause) {
    throw new SealError(
      'A sealed value cannot be opened: it was changed, or sealed under another SECRET_KEY. Every process needs the same one.',
      { cause },
    );
  }
}
