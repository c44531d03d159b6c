import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import definitions from '@octokit/webhooks-examples';
import fc from 'fast-check';
import { passes } from '../../domain/announcements/filter';
import type { Delivery } from '../../domain/announcements/delivery';
import { compileMapping } from '../../domain/announcements/mapping';
import { posted } from './requests';
import type { SourceRequest } from './source';
import { isProvider, sources } from './sources';

/** Every provider's parse, as its route would call it, over headers that lead somewhere. */
const PARSES: readonly ((body: Buffer, headers: Record<string, string>) => Delivery)[] = [
  ...['repo:push', 'pullrequest:updated', 'repo:commit_status_updated'].map(
    (event) => (body: Buffer, headers: Record<string, string>) =>
      sources.bitbucket.parse(posted(body, { ...headers, 'x-event-key': event })),
  ),
  ...['Push Hook', 'Release Hook', 'Merge Request Hook', 'Pipeline Hook'].map(
    (event) => (body: Buffer, headers: Record<string, string>) =>
      sources.gitlab.parse(posted(body, { ...headers, 'x-gitlab-event': event })),
  ),
  ...['notification', 'revocation', 'webhook_callback_verification'].map(
    (type) => (body: Buffer, headers: Record<string, string>) =>
      sources.twitch.parse(posted(body, { ...headers, 'twitch-eventsub-message-type': type })),
  ),
  (body, headers) =>
    sources.youtube.parse(posted(body, headers), { channelId: 'UC0123456789abcdefghijkl' }),
  (body, headers) => sources.feed.parse(posted(body, headers), { address: 'https://a.example/' }),
  ...(['plain', 'youtube', 'twitter'] as const).map(
    (mapping) => (body: Buffer, headers: Record<string, string>) =>
      sources.zapier.parse(posted(body, headers), { mapping, scope: 's' }),
  ),
  (body, headers) =>
    sources.generic.parse(posted(body, headers), {
      authentication: { kind: 'standard-webhooks' },
      mapping: compileMapping({ items: '$[*]', title: '$.title', text: '$.a.b[0]', at: '$.at' }),
      scope: 's',
    }),
];

/** What is wrong with a delivery: nothing, if it is of bounded size, can be stored and can be judged. */
function faultsOf(delivery: Delivery): readonly string[] {
  const text = JSON.stringify(delivery);
  const items = delivery.result === 'items' ? delivery.items : [];
  for (const item of items) {
    passes({ events: ['push'], branches: ['*'], authors: ['!x'], lacks: ['y'] }, item);
  }
  return [
    ...(text.length < 1_000_000 ? [] : ['too long']),
    ...(text.includes('\\u0000') ? ['no text for a database'] : []),
    ...items
      .flatMap(({ url, author, place }) => [url, author?.url, author?.avatarUrl, place?.url])
      .filter((address) => typeof address === 'string' && !/^https?:/.test(address))
      .map((address) => `no address: ${address ?? ''}`),
  ];
}

const examples = definitions.flatMap(({ name, examples: payloads }) =>
  payloads.map((payload) => ({ event: name, text: JSON.stringify(payload) })),
);
const announced = examples.filter(({ event }) =>
  ['push', 'release', 'pull_request', 'issues', 'workflow_run', 'star'].includes(event),
);

/** What services might one day send instead of what they document. */
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, '', '\0', '\u202E', -1, 1e308, [], {}, '9'.repeat(400), 'x'.repeat(20_000)),
);

/** Puts a value somewhere into a document. */
function planted(document: unknown, way: readonly number[], value: unknown): unknown {
  const [turn, ...rest] = way;
  if (turn === undefined || typeof document !== 'object' || document === null) return value;
  const keys = Object.keys(document);
  const key = keys[turn % Math.max(1, keys.length)];
  if (key === undefined) return value;
  const changed: unknown = planted(Object.entries(document)[turn % keys.length]?.[1], rest, value);
  return Array.isArray(document)
    ? document.map((entry: unknown, index) => (String(index) === key ? changed : entry))
    : { ...document, [key]: changed };
}

const way = fc.array(fc.nat({ max: 200 }), { minLength: 1, maxLength: 4 });
/** fast-check prints the seed of what failed; SEED repeats it. */
const runs = (numRuns: number) => ({
  numRuns,
  ...(process.env['SEED'] !== undefined && { seed: Number(process.env['SEED']) }),
});

describe('whatever is sent', () => {
  it('GitHub’s events with something else somewhere in them are read or refused', () => {
    fc.assert(
      fc.property(fc.constantFrom(...announced), way, odd, ({ event, text }, where, value) => {
        const body = planted(JSON.parse(text), where, value);
        expect(faultsOf(sources.github.parse(posted(body, { 'x-github-event': event })))).toEqual(
          [],
        );
      }),
      runs(1_000),
    );
  });

  it('any of them with other bytes in it, or cut, is read or refused', () => {
    const bytes = fc.uint8Array({ maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(...announced), fc.nat(), bytes, ({ event, text }, at, some) => {
        const place = at % text.length;
        for (const rest of ['', text.slice(place + some.length)]) {
          const body = Buffer.concat([
            Buffer.from(text.slice(0, place)),
            Buffer.from(some),
            Buffer.from(rest),
          ]);
          expect(faultsOf(sources.github.parse(posted(body, { 'x-github-event': event })))).toEqual(
            [],
          );
        }
      }),
      runs(500),
    );
  });

  it('to any provider is read or refused', () => {
    const words = [
      ...['repository', 'project', 'push', 'changes', 'new', 'name', 'ref', 'id', 'title', 'text'],
      ...['subscription', 'type', 'event', 'commits', 'object_attributes', 'action', 'url', 'at'],
      ...['full_name', 'after', 'hash', 'status', 'iid', 'pullrequest', 'user', '__proto__'],
    ];
    const json = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        odd,
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...words), tie('node'), { maxKeys: 6 }),
      ),
    })).node;
    const markup = fc
      .array(
        fc.constantFrom(
          ...['<rss version="2.0">', '<channel>', '<item>', '</item>', '<feed>', '<entry>', '<id>'],
          ...[
            '</id>',
            '<title>',
            '</title>',
            'yt:video:a',
            '&amp;',
            '&#0;',
            '<![CDATA[',
            ']]>',
            '"',
          ],
          ...['</rss>', '</feed>', '</entry>', '</channel>', '<link href="', '<pubDate>', '<', '>'],
          ...['<at:deleted-entry ref="yt:video:a"/>', '<author><name>', '<!--', '<?xml ?>', '1'],
        ),
        { maxLength: 40 },
      )
      .map((parts) => parts.join(''));
    const body = fc.oneof(
      json.map((value) => Buffer.from(JSON.stringify(value))),
      markup.map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    );
    const type = fc.constantFrom('application/json', 'application/x-www-form-urlencoded');
    fc.assert(
      fc.property(body, type, (bytes, contentType) => {
        for (const parse of PARSES) {
          expect(faultsOf(parse(bytes, { 'content-type': contentType }))).toEqual([]);
        }
      }),
      runs(500),
    );
  });
});

describe('a bad signature', () => {
  const secret = 'right';
  const hmac = (algorithm: string, ...parts: readonly (string | Buffer)[]) => {
    const made = createHmac(algorithm, secret);
    for (const part of parts) made.update(part);
    return `${algorithm}=${made.digest('hex')}`;
  };
  const AT = '2026-11-23T10:00:00Z';
  const now = Date.parse(AT);
  const context = { secrets: ['before', secret], now };

  /** Each with the header of its signature. */
  const SIGNED: Readonly<Record<string, (body: Buffer) => readonly [SourceRequest, string]>> = {
    github: (body) => [
      posted(body, { 'x-hub-signature-256': hmac('sha256', body) }),
      'x-hub-signature-256',
    ],
    bitbucket: (body) => [
      posted(body, { 'x-hub-signature': hmac('sha256', body) }),
      'x-hub-signature',
    ],
    youtube: (body) => [posted(body, { 'x-hub-signature': hmac('sha1', body) }), 'x-hub-signature'],
    feed: (body) => [posted(body, { 'x-hub-signature': hmac('sha512', body) }), 'x-hub-signature'],
    twitch: (body) => [
      posted(body, {
        'twitch-eventsub-message-id': 'm',
        'twitch-eventsub-message-timestamp': AT,
        'twitch-eventsub-message-signature': hmac('sha256', 'm', AT, body),
      }),
      'twitch-eventsub-message-signature',
    ],
    gitlab: (body) => [posted(body, { 'x-gitlab-token': secret }), 'x-gitlab-token'],
    zapier: (body) => [posted(body, { 'x-castellan-token': secret }), 'x-castellan-token'],
  };
  /** These prove who sends, and nothing of what is sent. */
  const TOKENS = ['gitlab', 'zapier'];
  const verdictOf = (name: string, request: SourceRequest): string => {
    const source = isProvider(name) ? sources[name] : null;
    if (source === null || source.provider === 'generic') throw new Error(name);
    const verify: (request: SourceRequest, given: typeof context) => { verdict: string } =
      source.verify;
    return verify(request, context).verdict;
  };

  it.each(Object.keys(SIGNED))('is never taken: %s', (name) => {
    const sign = SIGNED[name];
    if (sign === undefined) throw new Error(name);
    const change = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 127 }));
    const body = fc.uint8Array({ minLength: 1, maxLength: 100 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(body, change, (bytes, [at, by]) => {
        const [request, header] = sign(bytes);
        expect(verdictOf(name, request)).toBe('verified');
        const text = String(request.headers[header]);
        const place = at % text.length;
        const letter = String.fromCharCode((text.charCodeAt(place) + by) % 128);
        // Services write hexadecimal in either case.
        fc.pre(letter.toLowerCase() !== text.charAt(place).toLowerCase());
        const other = Buffer.from(bytes);
        other.writeUInt8(other.readUInt8(at % other.length) ^ by, at % other.length);
        const signatures = [
          text.slice(0, place) + letter + text.slice(place + 1),
          text.slice(0, place),
          `${text}${letter}`,
        ];
        const wrong = [
          ...signatures.map((signature) => ({
            ...request,
            headers: { ...request.headers, [header]: signature },
          })),
          ...(TOKENS.includes(name) ? [] : [{ ...request, body: other }]),
        ];
        expect(wrong.map((made) => verdictOf(name, made))).not.toContain('verified');
      }),
      runs(200),
    );
  });
});

describe('the list of sources', () => {
  it('calls each by its own word, and bounds what it takes', () => {
    for (const [name, source] of Object.entries(sources)) {
      expect(source.provider).toBe(name);
      expect(source.limit).toBe((name === 'github' ? 25 : 1) * 1_048_576);
      expect(source.contentTypes.length).toBeGreaterThan(0);
      expect(source.deliveryId(posted('{}'))).toMatch(/^[\w-]{1,128}$/);
    }
    expect(isProvider('github')).toBe(true);
    expect(isProvider('constructor')).toBe(false);
  });
});
