import { randomBytes } from 'node:crypto';

/** A new interaction token. Like Discord's own it carries the interaction's id, and a secret. */
export function interactionToken(id: string): string {
  return Buffer.from(`interaction:${id}:${randomBytes(48).toString('base64url')}`).toString(
    'base64url',
  );
}

/** The interaction that a token claims to belong to; the row's own token decides. */
export function interactionIdOf(token: string): string | undefined {
  const [word, id] = Buffer.from(token, 'base64url').toString('utf8').split(':');
  return word === 'interaction' ? id : undefined;
}
