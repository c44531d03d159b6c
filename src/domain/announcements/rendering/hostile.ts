import fc from 'fast-check';
import { NASTY, ORDINARY } from '../../text/corpus';
import type { Commit, Item } from '../item';
import { lines, MOST } from '../bounds';

/** Items whose every text somebody wrote who means us harm, for tests. */

const PIECES = [
  ...['@', 'everyone', 'here', '<', '>', '@&1>', '#1>', ':', ':x:1>', 'a', 't:1', '@everyone'],
  ...['*', '**', '_', '__', '~~', '`', '```', '|', '||', '\\', '[', ']', '](', '(', ')'],
  ...[
    'https://',
    'https://evil.example/',
    '_a_',
    ')_b_',
    ' ',
    '\n',
    '\n# x',
    '\n> ',
    '\n- ',
    '1. ',
  ],
  ...[
    '\u202E',
    '\u200B',
    '\u200D',
    '\uFDD0',
    '\uFDD1',
    '\uD83D',
    '\u0334',
    '👩',
    '{{title}}',
    '<b>',
  ],
];

const evil = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...[...NASTY, ...ORDINARY].map(({ text }) => text)) },
  {
    weight: 5,
    arbitrary: fc
      .array(fc.constantFrom(...PIECES), { maxLength: 25 })
      .map((pieces) => pieces.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom('*'.repeat(5_000), '\n@everyone'.repeat(900), '') },
);

const evilUrl = fc.constantFrom(
  null,
  'https://a.example/x_y_(z)',
  'https://a.example/**)[evil](https://evil.example)',
  "https://a.example/~~||'%5B@everyone?q=@here",
  `https://a.example/${'x'.repeat(1_900)}`,
);

const person = fc.option(fc.record({ name: evil, url: evilUrl, avatarUrl: evilUrl }), {
  nil: null,
});
const ref = fc.record({ kind: fc.constantFrom('branch', 'tag'), name: evil });
const common = {
  identity: fc.constant('x'),
  change: fc.constant('present'),
  event: fc.oneof(evil, fc.constant('pull_request.opened')),
  place: fc.option(fc.record({ name: evil, url: evilUrl }), { nil: null }),
  author: person,
  url: evilUrl,
  at: fc.oneof(fc.constant(null), fc.integer()),
} as const;
const body = { title: evil, text: evil.map((text) => lines(text, MOST.text)) } as const;
const of = <Kind extends Item['kind'], Rest extends object>(
  kind: Kind,
  rest: { readonly [Key in keyof Rest]: fc.Arbitrary<Rest[Key]> },
) => fc.record({ ...common, kind: fc.constant(kind), ...rest });

const commit: fc.Arbitrary<Commit> = fc.record({
  identity: fc.constant('c'),
  sha: fc.oneof(evil, fc.constant('4f2a9c17d0be')),
  title: evil,
  author: person,
  url: evilUrl,
  at: fc.constant(null),
});

export const hostileItem = fc.oneof(
  of('push', {
    ref,
    head: evil,
    forced: fc.boolean(),
    commits: fc.array(commit, { maxLength: 20 }),
    more: fc.constantFrom(0, 12, 'unknown' as const),
    paths: fc.constant(null),
    authors: fc.array(evil, { maxLength: 6 }),
  }),
  of('ref', { ref, act: fc.constantFrom('created', 'deleted') }),
  of('release', { ...body, tag: evil, prerelease: fc.boolean() }),
  of('merge-request', {
    ...body,
    act: fc.constantFrom('opened', 'merged'),
    number: evil,
    from: fc.option(evil, { nil: null }),
    into: fc.option(evil, { nil: null }),
  }),
  of('issue', { ...body, act: fc.constantFrom('opened', 'closed'), number: evil }),
  of('run', {
    title: evil,
    number: fc.option(evil, { nil: null }),
    outcome: fc.constantFrom('succeeded', 'failed', 'cancelled', 'other'),
    ref: fc.option(ref, { nil: null }),
    head: fc.option(evil, { nil: null }),
  }),
  of('stars', { count: fc.nat() }),
  of('video', { id: evil, title: evil, imageUrl: evilUrl }),
  of('entry', { ...body, imageUrl: evilUrl }),
  of('stream', { act: fc.constantFrom('online', 'offline'), title: evil }),
  of('post', {
    ...body,
    imageUrl: evilUrl,
    fields: fc.array(fc.record({ name: evil, value: evil }), { maxLength: 25 }),
  }),
);
