import { hkdfSync } from 'node:crypto';
import { formatSecret } from '../config/webhook-secret';
import type { Origin } from '../domain/announcements/settings';

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

/** A secret as it is entered at the service: as Standard Webhooks writes it where that is what it signs by. */
export function writtenSecret(origin: Origin, bytes: Buffer): string {
  const standard =
    origin.provider === 'generic' && origin.authentication.kind === 'standard-webhooks';
  return standard ? formatSecret(bytes) : bytes.toString('base64url');
}
