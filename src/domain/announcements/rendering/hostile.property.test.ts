import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { checkTemplate, renderPost, type Content, type RenderedPost } from '.';
import { NASTY, ORDINARY } from '../../text/corpus';
import { lines, MOST } from '../bounds';
import type { Commit, Item } from '../item';

// Many runs on a busy machine take longer than the five seconds that a test has by default.
jest.setTimeout(120_000);

/** Pieces from which every construct of Discord's markup can come about, also across their borders. */
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

const hostileItem = fc.oneof(
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

const contents: fc.Arbitrary<readonly Content[]> = fc.array(
  fc.record({
    item: hostileItem as fc.Arbitrary<Item>,
    deleted: fc.boolean(),
  }),
  { minLength: 1, maxLength: 5 },
);
const language = fc.constantFrom('en', 'de', '', 'xx');

const ACTIVE =
  /@(?:everyone|here)|<@[!&]?\d+>|<#\d+>|<a?:\w+:\d+>|<t:-?\d+(?::\w)?>|<id:\w+>|<\/[^:>]+:\d+>/i;
const UNSEEN =
  /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]|(?!\n)\p{Cc}|\p{Surrogate}|\p{Noncharacter_Code_Point}|\u200B|\u2060|\uFEFF|\u3164/u;

const check = <T>(property: fc.IProperty<T>, numRuns: number): void => {
  fc.assert(property, { numRuns });
};

/** Which of Discord's limits a post does not keep. */
function broken({ content, embed, threadName }: RenderedPost): readonly string[] {
  const { title, description, author, footer, fields } = embed;
  const parts: readonly (readonly [string, string | null | undefined, number])[] = [
    ['content', content, 1_800],
    ['title', title, 256],
    ['description', description, 4_096],
    ['author', author?.name, 256],
    ['footer', footer, 2_048],
    ['thread name', threadName, 100],
    ...fields.flatMap(({ name, value }) => [
      ['field name', name, 256] as const,
      ['field value', value, 1_024] as const,
    ]),
  ];
  const all = parts
    .filter(([part]) => part !== 'content' && part !== 'thread name')
    .reduce((sum, [, text]) => sum + (text ?? '').length, 0);
  return [
    ...parts
      .filter(([, text, most]) => (text ?? '').length > most || text?.trim() === '')
      .map(([part]) => part),
    ...(all > 6_000 ? ['all'] : []),
    ...(fields.length > 25 ? ['fields'] : []),
  ];
}

/** What Discord reads markup in. */
const markedTexts = ({ content, embed }: RenderedPost): readonly string[] => [
  content ?? '',
  embed.title,
  embed.description ?? '',
  ...embed.fields.flatMap(({ name, value }) => [name, value]),
];

/** What is escaped acts no more. */
const unescaped = (text: string): string => text.replace(/\\[^0-9A-Za-z\s]/g, 'x');
/** In an address Discord looks for no markup. */
const withoutAddresses = (text: string): string => text.replace(/https?:\/\/[^\s<*`|[\]\\]+/g, 'x');

/** Takes away our own links, short SHAs, headings and strokes, whose words hold no markup. */
const withoutOurs = (text: string): string =>
  withoutAddresses(
    unescaped(text)
      .replace(/\[(?:`[0-9A-Za-z]{1,7}`|[^`*[\]~|]*)\]\(https:[^\s()]*\)/g, 'x')
      .replace(/^`[0-9A-Za-z]{1,7}`/gm, 'x')
      .replace(/^\*\*[^*\n]*\*\*(?: → \*\*[^*\n]*\*\*)?$/gm, 'x')
      .replace(/^(• )?~~[^~\n]*~~ \([a-zö]+\)$/gm, 'x'),
  );

const MARKUP = /[\\*`|[\]]|~~|__|(?<![\p{L}\p{N}])_(?=\S)/u;
const BLOCK = /^\s*(?:#{1,3}\s|>|-#|[-+]\s|\d+\.\s)/m;

describe('posts of hostile news', () => {
  it('stay within every limit of Discord', () => {
    check(
      fc.property(contents, language, (told, words) => {
        expect(
          broken(renderPost(told, { template: {}, language: words, sourceName: '@everyone' })),
        ).toEqual([]);
      }),
      120,
    );
  });

  it('ping nobody, hide nothing and have no markup but ours', () => {
    check(
      fc.property(contents, language, (told, words) => {
        const post = renderPost(told, { template: {}, language: words });
        for (const text of markedTexts(post)) {
          expect(text).not.toMatch(ACTIVE);
          expect(text).not.toMatch(UNSEEN);
          expect(withoutOurs(text)).not.toMatch(MARKUP);
          expect(withoutOurs(text)).not.toMatch(BLOCK);
        }
        const { author, footer } = post.embed;
        for (const text of [author?.name, footer, post.threadName]) {
          expect(text ?? '').not.toMatch(UNSEEN);
          expect(text ?? '').not.toContain('\n');
        }
      }),
      120,
    );
  });

  it('are the same when they are shown again', () => {
    check(
      fc.property(contents, (told) => {
        const options = { template: {}, language: 'en' };
        expect(renderPost(told, options)).toEqual(renderPost(told, options));
      }),
      50,
    );
  });
});

/** Each with what is left of it when what came from outside is no markup. */
const TEMPLATES: readonly { readonly text: string; readonly ours: RegExp }[] = [
  { text: '{{title}}', ours: /^/ },
  { text: '{{author}}{{title}}{{text}}{{tag}}{{number}}{{branch}}{{event}}', ours: /^/ },
  { text: '<{{author}}{{title}}>', ours: /^/ },
  { text: '- {{title}}\n{{text}}', ours: /^- /gm },
  { text: '**{{title}}** {{text}}', ours: /^\*\*[^*\n]*\*\*/g },
  { text: 'by {{author}}:{{title}}:{{text}}', ours: /^/ },
  {
    text: 'see [{{title}}](https://wiki.example/{{tag}}) {{text}}',
    ours: /\[[^[\]_~]*\]\(https:[^\s()]*\)?/g,
  },
  {
    text: '{{#fields}}{{name}}{{value}}{{/fields}}{{#items}}{{title}}{{url}}{{/items}}',
    ours: /^/,
  },
  { text: '{{#commits}}{{sha}}{{title}}{{author}} {{url}} {{/commits}}', ours: /^/ },
];

describe('templates filled with hostile news', () => {
  it.each(TEMPLATES)('keep them from acting: $text', ({ text: template, ours }) => {
    expect(checkTemplate(template)).toBeNull();
    check(
      fc.property(contents, language, (told, words) => {
        const post = renderPost(told, {
          template: { content: template, title: template, description: template, footer: template },
          language: words,
        });
        expect(broken(post)).toEqual([]);
        const gone = told.every(({ deleted }) => deleted);
        for (const text of gone ? [] : [post.content ?? '', post.embed.description ?? '']) {
          expect(text).not.toMatch(ACTIVE);
          expect(text).not.toMatch(UNSEEN);
          const left = withoutAddresses(unescaped(text).replace(ours, ''));
          expect(left).not.toMatch(MARKUP);
          expect(left).not.toMatch(BLOCK);
        }
      }),
      100,
    );
  });

  it('are bounded, whatever a template repeats', () => {
    const template = `{{#commits}}${'{{text}}{{title}}'.repeat(19)}{{/commits}}`;
    const built = '{{details}}'.repeat(40);
    for (const text of [template, built]) expect(checkTemplate(text)).toBeNull();
    check(
      fc.property(contents, (told) => {
        expect(
          broken(
            renderPost(told, {
              template: { content: template, title: built, description: built, footer: template },
              language: 'en',
            }),
          ),
        ).toEqual([]);
      }),
      20,
    );
  });

  it('are refused or filled, and never fail', () => {
    const part = fc.constantFrom(
      ...['{{', '}}', '{{#', '{{/', '{{^', '{{{', '}}}', '{{=', '=}}', '{{>', '{{!', '{{&', ' '],
      ...['title', 'commits', 'items', 'author', 'name', 'constructor', '__proto__', '.', '\n'],
      ...['{{title}}', '{{#author}}', '{{/author}}', '{{#commits}}', '{{/commits}}', 'x', '@here'],
    );
    check(
      fc.property(
        fc.array(part, { maxLength: 30 }).map((parts) => parts.join('')),
        contents,
        (text, told) => {
          const problem = checkTemplate(text);
          expect(problem === null || problem.length > 0).toBe(true);
          expect(
            broken(
              renderPost(told, {
                template: { content: text, title: text, description: text, footer: text },
                language: 'en',
              }),
            ),
          ).toEqual([]);
        },
      ),
      100,
    );
  });
});
