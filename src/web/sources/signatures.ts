import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Refusal, Verdict } from './source';

export const VERIFIED: Verdict = { verdict: 'verified' };
export const refused = (reason: Refusal): Verdict => ({ verdict: 'refused', reason });

export type Algorithm = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/**
 * Whether a hexadecimal HMAC is that of one of the secrets. All of them are tried, whether or not one was
 * right before, and compared in constant time.
 *
 * @param given without what services put before it; in either case
 */
export function isHmacOf(
  secrets: readonly string[],
  algorithm: Algorithm,
  parts: readonly (string | Buffer)[],
  given: string,
): boolean {
  const candidate = Buffer.from(given.toLowerCase(), 'latin1');
  let right = false;
  for (const secret of usable(secrets)) {
    const hmac = createHmac(algorithm, secret);
    for (const part of parts) hmac.update(part);
    const expected = Buffer.from(hmac.digest('hex'), 'latin1');
    // How long a right signature is, everybody knows.
    const same = candidate.length === expected.length && timingSafeEqual(candidate, expected);
    right ||= same;
  }
  return right;
}

/** Whether a token is one of the secrets; how long it takes tells neither their letters nor their lengths. */
export function isOneOf(secrets: readonly string[], given: string): boolean {
  const candidate = digest(given);
  let right = false;
  for (const secret of usable(secrets)) {
    const same = timingSafeEqual(candidate, digest(secret));
    right ||= same;
  }
  return right;
}

/** An empty secret would make everybody right. */
const usable = (secrets: readonly string[]): readonly string[] =>
  secrets.filter((secret) => secret !== '');

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The token of `Authorization: Bearer …`. */
export function bearer(value: string | null): string | null {
  const [, token = null] = /^bearer +([^\s]+) *$/i.exec(value ?? '') ?? [];
  return token;
}

/** Verifies `sha256=<hex>` over the raw body, as GitHub and Bitbucket send it. */
export function verifySha256(
  secrets: readonly string[],
  body: Buffer,
  given: string | null,
): Verdict {
  const [, hex = null] = /^sha256=([0-9a-f]{64})$/i.exec(given ?? '') ?? [];
  if (hex === null) return refused('unsigned');
  return isHmacOf(secrets, 'sha256', [body], hex) ? VERIFIED : refused('wrong-signature');
}
