import { lookup as lookUp, type LookupAddress } from 'node:dns';
import { request as requestPlain, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { systemErrorCode } from '../observability/system-error';
import { isInternalAddress } from './addresses';

/**
 * Requests to servers that somebody named from outside: bounded in time, size and redirects, and not to
 * networks that only we can reach.
 */

export interface Outgoing {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface FetchLimits {
  /** Whether addresses of private and local networks may be asked. */
  readonly allowInternal: boolean;
  /** Whether only https is right, also after a redirect; absent: http is as well. */
  readonly secureOnly?: boolean;
  /** The longest body, in bytes. */
  readonly mostBytes: number;
  /** For all of it, redirects included, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface Fetched {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export type FetchFailureCode =
  | 'timed-out'
  | 'name-not-found'
  | 'forbidden-address'
  | 'unreachable'
  | 'wrong-certificate'
  | 'too-large'
  | 'too-many-redirects'
  /** No address of the web. */
  | 'wrong-address'
  | 'insecure-address';

/** The message is a sentence for an administrator; it names nothing of what was fetched. */
export class FetchFailure extends Error {
  constructor(
    readonly code: FetchFailureCode,
    options?: ErrorOptions,
  ) {
    super(MESSAGES[code], options);
    this.name = 'FetchFailure';
  }
}

const MESSAGES: Readonly<Record<FetchFailureCode, string>> = {
  'timed-out': 'Its server did not answer in time.',
  'name-not-found': 'There is no server of that name.',
  'forbidden-address': 'Its address is in a private or local network, which is not allowed.',
  unreachable: 'Its server cannot be reached.',
  'wrong-certificate': 'The certificate of its server is not valid.',
  'too-large': 'What it answers is too long.',
  'too-many-redirects': 'It sends us from one address to another without end.',
  'wrong-address':
    'It, or where it sends us to, is no address that begins with http:// or https://.',
  'insecure-address': 'It, or where it sends us to, is no address that begins with https://.',
};

const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** RFC 9110, 15.4: after the others a POST would become a GET. */
const KEEPS_METHOD: ReadonlySet<number> = new Set([307, 308]);

/**
 * Sends a request, and follows where it is sent on to. Each address is checked where it is connected to, so that
 * a name cannot lead elsewhere in between.
 *
 * @throws FetchFailure, or the signal's reason
 */
export async function fetchBounded(outgoing: Outgoing, limits: FetchLimits): Promise<Fetched> {
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  const bounded = { ...limits, signal: AbortSignal.any([limits.signal, timeout]) };
  try {
    return await follow(outgoing, bounded);
  } catch (error) {
    limits.signal.throwIfAborted();
    if (timeout.aborted) throw new FetchFailure('timed-out', { cause: error });
    throw failureOf(error);
  }
}

async function follow(outgoing: Outgoing, limits: FetchLimits): Promise<Fetched> {
  const { secureOnly = false } = limits;
  let url = urlOf(outgoing.url, secureOnly);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const fetched = await exchange(url, outgoing, limits);
    const { status, headers } = fetched;
    const isSentOn = (outgoing.method === 'GET' ? REDIRECTS : KEEPS_METHOD).has(status);
    if (!isSentOn || headers.location === undefined) return fetched;
    url = urlOf(headers.location, secureOnly, url);
  }
  throw new FetchFailure('too-many-redirects');
}

function urlOf(text: string, secureOnly: boolean, base?: URL): URL {
  if (!URL.canParse(text, base?.href)) throw new FetchFailure('wrong-address');
  const url = new URL(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new FetchFailure('wrong-address');
  }
  if (secureOnly && url.protocol !== 'https:') throw new FetchFailure('insecure-address');
  return url;
}

function exchange(
  url: URL,
  { method, headers, body }: Outgoing,
  { allowInternal, mostBytes, signal }: FetchLimits,
): Promise<Fetched> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // An address is not looked up.
  if (!allowInternal && isIP(host) !== 0 && isInternalAddress(host)) {
    throw new FetchFailure('forbidden-address');
  }
  const send = url.protocol === 'https:' ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    const asking = send(
      url,
      {
        method,
        signal,
        agent: false,
        lookup: guarded(allowInternal),
        headers: {
          'user-agent': 'castellan',
          'accept-encoding': 'identity',
          ...headers,
          ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
        },
      },
      (response) => {
        read(response, mostBytes).then((bytes) => {
          const { statusCode: status = 0 } = response;
          resolve({ status, headers: response.headers, body: bytes });
        }, reject);
      },
    );
    asking.on('error', reject);
    asking.end(body);
  });
}

async function read(response: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response) {
    const bytes: Buffer = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    length += bytes.length;
    if (length > mostBytes) {
      response.destroy();
      throw new FetchFailure('too-large');
    }
    parts.push(bytes);
  }
  return unpacked(Buffer.concat(parts), response.headers['content-encoding'] ?? '', mostBytes);
}

const UNPACK = {
  br: promisify(brotliDecompress),
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
} as const;

/** Some servers have nothing but what is packed, whatever they are asked for. */
async function unpacked(bytes: Buffer, coding: string, mostBytes: number): Promise<Buffer> {
  const name = coding.trim().toLowerCase();
  if (!isCoding(name) || bytes.length === 0) return bytes;
  try {
    return await UNPACK[name](bytes, { maxOutputLength: mostBytes });
  } catch (cause) {
    throw new FetchFailure(
      systemErrorCode(cause) === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'unreachable',
      { cause },
    );
  }
}

const isCoding = (name: string): name is keyof typeof UNPACK => Object.hasOwn(UNPACK, name);

/** The system's look-up, without the addresses that must not be asked. */
const guarded =
  (allowInternal: boolean): LookupFunction =>
  (host, options, done) => {
    lookUp(host, { ...options, all: true }, (error, found: readonly LookupAddress[]) => {
      if (error !== null) {
        done(error, '');
        return;
      }
      const allowed = found.filter(({ address }) => allowInternal || !isInternalAddress(address));
      const [first] = allowed;
      if (first === undefined) done(new FetchFailure('forbidden-address'), '');
      else if (options.all === true) done(null, [...allowed]);
      else done(null, first.address, first.family);
    });
  };

function failureOf(error: unknown): FetchFailure {
  if (error instanceof FetchFailure) return error;
  const code = systemErrorCode(error) ?? '';
  if (code === 'ENOTFOUND' || code === 'ENODATA') {
    return new FetchFailure('name-not-found', { cause: error });
  }
  const isCertificate = /CERT|_SSL_|_TLS_|UNABLE_TO_VERIFY/.test(code);
  return new FetchFailure(isCertificate ? 'wrong-certificate' : 'unreachable', { cause: error });
}

/**
 * When `Retry-After` allows another request: seconds or a date (RFC 9110, 10.2.3).
 *
 * @returns milliseconds since the epoch; `null`: it is absent, or is neither
 */
export function retryAfter(headers: IncomingHttpHeaders, now: number): number | null {
  const given = headers['retry-after'] ?? '';
  if (/^\d{1,9}$/.test(given)) return now + Number(given) * 1_000;
  const at = Date.parse(given);
  return Number.isNaN(at) ? null : at;
}
