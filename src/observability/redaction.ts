import { stdSerializers } from 'pino';

/**
 * Fields of a log entry whose values are replaced: what opens a door, at the top of an entry and one
 * level down. (`code` only at the top: inside an error it is the kind of the error.)
 */
export const secretPaths: readonly string[] = [
  'code',
  ...[
    'token',
    'authorization',
    'Authorization',
    'password',
    'secret',
    'secretKey',
    'apiKey',
    'sealed',
    'cookie',
  ].flatMap((field) => [field, `*.${field}`]),
];

const secretsInText: readonly (readonly [RegExp, string])[] = [
  // https://discord.com/developers/docs/interactions: both routes carry the interaction's token.
  [/(\/(?:webhooks|interactions)\/\d+\/)[^/?\s"']+/g, '$1[hidden]'],
  [/([?&](?:token|key|secret|signature)=)[^&\s"']+/gi, '$1[hidden]'],
  [/\b(Bot|Bearer|Basic) [\w.~+/=-]{16,}/g, '$1 [hidden]'],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:)[^/\s@]+@/gi, '$1[hidden]@'],
  [/[\w-]{18,}\.[\w-]{6}\.[\w-]{27,}/g, '[hidden]'],
];

/** A text without the secrets that are known to slip into error messages: tokens, passwords. */
export function withoutSecrets(text: string): string {
  return secretsInText.reduce(
    (cleaned, [pattern, replacement]) => cleaned.replace(pattern, replacement),
    text,
  );
}

/**
 * An error as it is logged. Discord's REST errors carry the request's body, which holds what people
 * wrote, and URLs with interaction tokens: the body is left out, texts are cleaned.
 */
export function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) {
    return typeof error === 'string' ? withoutSecrets(error) : error;
  }
  const serialized: Record<string, unknown> = { ...stdSerializers.errWithCause(error) };
  delete serialized['requestBody'];
  return clean(serialized, 0);
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return withoutSecrets(value);
  if (typeof value !== 'object' || value === null || depth > 6) return value;
  if (Array.isArray(value)) return value.map((entry) => clean(entry, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'requestBody')
      .map(([key, entry]) => [key, clean(entry, depth + 1)]),
  );
}
