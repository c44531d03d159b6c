import type { LocalDiscord } from '../index';

/** An answer of the local Discord's REST as it came over the wire. */
export interface RawAnswer {
  status: number;
  headers: Headers;
  /** The parsed JSON; undefined for an empty body. */
  body: unknown;
}

/** What a request may carry. */
export interface RawRequest {
  body?: unknown;
  form?: FormData;
  /** Absent: the bot's token; null: no authorization at all. */
  token?: string | null;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Sends one request without any client's help: nothing is tried again, nothing waits. */
export async function rawRest(
  discord: Pick<LocalDiscord, 'api' | 'token'>,
  method: string,
  path: string,
  { body, form, token = discord.token, headers = {}, signal }: RawRequest = {},
): Promise<RawAnswer> {
  const response = await fetch(`${discord.api}/v10${path}`, {
    method,
    headers: {
      ...(token === null ? {} : { Authorization: `Bot ${token}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(form === undefined ? {} : { body: form }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  const text = await response.text();
  const parsed: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, headers: response.headers, body: parsed };
}

/** A field of a JSON answer, however deep: `field(answer.body, 'author', 'id')`. */
export function field(value: unknown, ...path: (string | number)[]): unknown {
  let found: unknown = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}
