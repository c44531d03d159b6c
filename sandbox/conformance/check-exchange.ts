import { once } from 'node:events';
import { Busboy } from '@fastify/busboy';
import type { Conformance, Mismatch } from './conformance';
import { describeMismatch } from './conformance';
import type { Exchange } from './recording-proxy';

/** What one exchange came to. */
export interface CheckedExchange {
  /** `METHOD /template`; undefined for what is not part of the API, such as files of the CDN. */
  readonly route: string | undefined;
  readonly mismatches: readonly Mismatch[];
  /** False if the service refused the request: then it need not agree. */
  readonly requestChecked: boolean;
}

const API = /^\/api\/v10(?=\/)/;

/**
 * Checks an exchange against the description: the answer always, the request where it was accepted.
 */
export async function checkExchange(
  conformance: Conformance,
  exchange: Exchange,
): Promise<CheckedExchange> {
  const { method, url, status } = exchange;
  if (!API.test(url)) return { route: undefined, mismatches: [], requestChecked: false };
  const path = url.replace(API, '');
  const accepted = status >= 200 && status < 300;
  const response = parseJson(exchange.responseBody);
  const mismatches = conformance.response(method, path, status, response);
  if (accepted) {
    const body = await requestBody(exchange);
    mismatches.unshift(...conformance.request(method, path, body));
  }
  return { route: conformance.route(method, path), mismatches, requestChecked: accepted };
}

/** The JSON of a request: its body, or the `payload_json` of a multipart form. */
async function requestBody(exchange: Exchange): Promise<unknown> {
  const type = exchange.requestHeaders['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return parseJson(exchange.requestBody);
  const form = Busboy({ headers: { ...exchange.requestHeaders, 'content-type': type } });
  let json = '{}';
  form.on('field', (name, value) => {
    if (name === 'payload_json') json = value;
  });
  form.on('file', (_, file) => file.resume());
  form.end(exchange.requestBody);
  await once(form, 'finish');
  return JSON.parse(json);
}

function parseJson(body: Buffer): unknown {
  return body.length === 0 ? undefined : JSON.parse(body.toString('utf8'));
}

/** What a whole recording came to. */
export interface CheckedRecording {
  /** How many requests were accepted, and so had to agree. */
  readonly requests: number;
  readonly answers: number;
  /** The routes of the description that were used. */
  readonly routes: ReadonlySet<string>;
  /** Each mismatch once, in words. */
  readonly mismatches: readonly string[];
}

/** Checks all exchanges of a recording. */
export async function checkRecording(
  conformance: Conformance,
  exchanges: readonly Exchange[],
): Promise<CheckedRecording> {
  const routes = new Set<string>();
  const mismatches = new Set<string>();
  let requests = 0;
  for (const exchange of exchanges) {
    const checked = await checkExchange(conformance, exchange);
    if (checked.requestChecked) requests += 1;
    if (checked.route !== undefined) routes.add(checked.route);
    for (const mismatch of checked.mismatches) mismatches.add(describeMismatch(mismatch));
  }
  return { requests, answers: exchanges.length, routes, mismatches: [...mismatches] };
}
