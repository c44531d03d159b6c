import type { Authentication } from '../../../domain/announcements/settings';
import { header } from '../headers';
import { bearer, isHmacOf, isOneOf, refused, VERIFIED } from '../signatures';
import { signedVerdict } from '../signed';
import type { SourceRequest, VerifyContext, Verdict } from '../source';

interface Settings {
  readonly authentication: Authentication;
}

export function verify(
  request: SourceRequest,
  { secrets, settings, now }: Pick<VerifyContext<Settings>, 'secrets' | 'settings' | 'now'>,
): Verdict {
  const { authentication } = settings;
  switch (authentication.kind) {
    case 'standard-webhooks':
      return signedVerdict(request, secrets, now);
    case 'bearer': {
      const token =
        authentication.header === null
          ? bearer(header(request, 'authorization'))
          : header(request, authentication.header);
      if (token === null) return refused('unsigned');
      return isOneOf(secrets, token) ? VERIFIED : refused('wrong-signature');
    }
    case 'hmac': {
      const hex = signatureIn(request, authentication);
      if (hex === null) return refused('unsigned');
      return isHmacOf(secrets, authentication.algorithm, [request.body], hex)
        ? VERIFIED
        : refused('wrong-signature');
    }
  }
}

/** @returns hexadecimal; `null` where there is none in its one form */
function signatureIn(
  request: SourceRequest,
  { header: name, prefix, encoding }: Extract<Authentication, { kind: 'hmac' }>,
): string | null {
  const given = header(request, name);
  if (!given?.startsWith(prefix)) return null;
  const text = given.slice(prefix.length);
  if (encoding === 'hex') return /^[0-9a-f]+$/i.test(text) ? text : null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length > 0 && bytes.toString('base64') === text ? bytes.toString('hex') : null;
}
