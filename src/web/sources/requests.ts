import type { SourceRequest } from './source';

/** A POST for tests; headers by lower-case name. A body that is no text is sent as JSON. */
export function posted(
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): SourceRequest {
  const bytes = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    query: {},
    body: bytes,
  };
}

/** A hub's question for tests. */
export const asked = (query: Readonly<Record<string, string>>): SourceRequest => ({
  method: 'GET',
  headers: {},
  query,
  body: Buffer.alloc(0),
});
