import type { Delivery } from '../../domain/announcements/delivery';
import { ignored, malformed } from '../../domain/announcements/delivery';
import { line, MOST } from '../../domain/announcements/bounds';
import { header, parameter } from './headers';
import { isHmacOf, VERIFIED, type Algorithm } from './signatures';
import type { Refusal, SourceRequest, Verdict } from './source';

const ALGORITHMS: ReadonlyMap<string, { readonly algorithm: Algorithm; readonly digits: number }> =
  new Map([
    ['sha1', { algorithm: 'sha1', digits: 40 }],
    ['sha256', { algorithm: 'sha256', digits: 64 }],
    ['sha384', { algorithm: 'sha384', digits: 96 }],
    ['sha512', { algorithm: 'sha512', digits: 128 }],
  ]);

/** A year. A lease without end would never be renewed. */
const LONGEST_LEASE_S = 31_536_000;

/**
 * Verifies what a hub sends. A question is not signed: what it names decides. What is signed wrong is taken
 * with 2xx and thrown away: a hub must not learn by trying. W3C WebSub, sections 5.3 and 7.1.
 */
export function verifyHub(request: SourceRequest, secrets: readonly string[]): Verdict {
  if (request.method === 'GET') return VERIFIED;
  const given = header(request, 'x-hub-signature') ?? '';
  const [, name = '', hex = ''] = /^(sha\d{1,3})=([0-9a-f]+)$/i.exec(given) ?? [];
  const known = ALGORITHMS.get(name.toLowerCase());
  if (known?.digits !== hex.length) return disregarded('unsigned');
  return isHmacOf(secrets, known.algorithm, [request.body], hex)
    ? VERIFIED
    : disregarded('wrong-signature');
}

const disregarded = (reason: Refusal): Verdict => ({ verdict: 'disregarded', reason });

/**
 * What a hub asks by GET: whether we want a subscription, or that it refuses it. Nobody signed it: whoever acts
 * on it asks the records whether such a question was to be expected.
 *
 * @param isOurs whether a topic is the one that this source subscribes to
 */
export function hubQuestion(request: SourceRequest, isOurs: (topic: string) => boolean): Delivery {
  const mode = parameter(request, 'hub.mode');
  const topic = parameter(request, 'hub.topic');
  if (topic === null) return missing('hub.topic', 'https://feed.example/news.xml');
  if (!isOurs(topic)) return ignored('The hub asks for a feed that this source does not follow.');
  const shown = line(topic, MOST.url);
  if (mode === 'denied') {
    const reason = line(parameter(request, 'hub.reason') ?? 'The hub gave no reason.');
    return { result: 'revocation', topic: shown, reason };
  }
  if (mode !== 'subscribe' && mode !== 'unsubscribe') return missing('hub.mode', 'subscribe');
  const challenge = parameter(request, 'hub.challenge');
  if (challenge === null || challenge.length > 1_024) return missing('hub.challenge', 'any text');
  const lease = parameter(request, 'hub.lease_seconds') ?? '';
  const seconds = /^\d{1,15}$/.test(lease) ? Math.min(Number(lease), LONGEST_LEASE_S) : null;
  if (mode === 'subscribe' && seconds === null) return missing('hub.lease_seconds', '432000');
  return {
    result: 'challenge',
    answer: { contentType: 'text/plain', body: challenge },
    subscription: { act: mode, topic: shown, leaseSeconds: seconds },
  };
}

const missing = (name: string, example: string) =>
  malformed(name, `The parameter ${name} is missing, or is not what a hub sends.`, example);
