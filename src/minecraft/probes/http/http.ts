import type { Answered } from '../../../domain/watching/check';
import type { Ask, Means } from '../ask';
import { NO_DETAILS } from '../details';
import { ProbeFailure } from '../failure';
import type { ProbeTarget } from '../probe';
import { connectTo } from './connect';
import { request, type Response } from './request';

/** As many as browsers' developers recommend to expect (RFC 9110, 15.4), and fewer than a loop has. */
const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Asks a URL with GET. Redirects are followed, unless the expected status is one; each hop's address is
 * checked like the first one's. The latency is that of the last hop.
 */
export const askHttp: Ask = async (target, means) => {
  let url = urlOf(target.address);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const { status, location, latencyMs } = await get(url, target, means);
    if (isRight(status, target.expectStatus)) return answered(latencyMs);
    if (target.expectStatus !== null && REDIRECTS.has(target.expectStatus)) break;
    if (!REDIRECTS.has(status) || location === undefined) break;
    url = urlOf(location, url);
  }
  throw new ProbeFailure('wrong-answer');
};

async function get(url: URL, { allowInternal }: ProbeTarget, means: Means): Promise<Response> {
  const socket = await connectTo(url, allowInternal, means);
  return request(url, socket, means.limit);
}

function answered(latencyMs: number): Answered {
  return { up: true, latencyMs, ...NO_DETAILS };
}

function isRight(status: number, expected: number | null): boolean {
  return expected === null ? status >= 200 && status < 300 : status === expected;
}

/** @throws ProbeFailure `wrong-answer` for what is no address of the web */
function urlOf(text: string, base?: URL): URL {
  if (!URL.canParse(text, base?.href)) throw new ProbeFailure('wrong-answer');
  const url = new URL(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new ProbeFailure('wrong-answer');
  return url;
}
