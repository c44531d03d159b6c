import { header } from '../headers';
import { bearer, isHmacOf, isOneOf, refused, VERIFIED, type Algorithm } from '../signatures';
import { signedVerdict } from '../signed';
import type { SourceRequest, VerifyContext, Verdict } from '../source';

/** How whoever sends it shows that it is genuine. */
export type Authentication =
  | {
      readonly kind: 'hmac';
      /** In lower case. */
      readonly header: string;
      readonly algorithm: Exclude<Algorithm, 'sha1'>;
      readonly encoding: 'hex' | 'base64';
      /** What stands before the signature, such as `sha256=`. */
      readonly prefix: string;
    }
  | {
      readonly kind: 'bearer';
      /** Another header that has the token and nothing else, in lower case; `null`: `Authorization`. */
      readonly header: string | null;
    }
  | { readonly kind: 'standard-webhooks' };

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
