import { hkdfSync } from 'node:crypto';

/**
 * The secret that is made for one operation, such as the interaction that asked for it: the same however often
 * it is tried, so that no secret is shown that another try has replaced. Without SECRET_KEY it is as random as
 * any.
 *
 * @param operation unique for all time; it need not be secret
 * @returns 32 bytes
 */
export type MakeSecret = (operation: string) => Buffer;

const BYTES = 32;

/**
 * HKDF-SHA256 (RFC 5869), each secret under a label of its own.
 *
 * @param secretKey SECRET_KEY, at least 32 bytes
 */
export function createMakeSecret(secretKey: Buffer): MakeSecret {
  return (operation) =>
    Buffer.from(hkdfSync('sha256', secretKey, '', `castellan/source/v1/${operation}`, BYTES));
}
