import { createHmac } from 'node:crypto';

/** @returns in hexadecimal */
export function hmac(
  algorithm: 'sha1' | 'sha256' | 'sha512',
  secret: string,
  ...parts: readonly string[]
): string {
  const made = createHmac(algorithm, secret);
  for (const part of parts) made.update(part);
  return made.digest('hex');
}
