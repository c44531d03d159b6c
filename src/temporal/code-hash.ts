import { createHmac, hkdfSync } from 'node:crypto';
import { canonicalCode } from '../domain/registration/code';

/**
 * The keyed hash of a registration's code, which stands for the code wherever that is stored or passed:
 * whoever reads it learns nothing, and it is worth nothing for another registration.
 *
 * @param registrationId the workflow's id
 * @param code as it was made, or typed
 * @returns base64url
 */
export type HashCode = (registrationId: string, code: string) => string;

/**
 * HMAC-SHA256 under a key of its own, derived from the secret by HKDF-SHA256 (RFC 5869).
 *
 * @param secretKey SECRET_KEY, at least 32 bytes
 */
export function createCodeHash(secretKey: Buffer): HashCode {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'castellan/code/v1', 32));
  return (registrationId, code) =>
    createHmac('sha256', key)
      .update(`${registrationId}:${canonicalCode(code)}`)
      .digest('base64url');
}
