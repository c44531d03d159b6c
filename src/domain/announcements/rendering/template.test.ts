import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import * as news from '../samples';
import type { Origin, Template } from '../settings';
import { checkTemplate, renderPost, sampleItems, type Content } from '.';
import { LISTS, VARIABLES } from './variables';

const PAGE = readFileSync(
  path.resolve(__dirname, '../../../../docs/announcement-templates.md'),
  'utf8',
);

const told = (...items: readonly Content['item'][]): readonly Content[] =>
  items.map((item) => ({ item, deleted: false }));
const show = (contents: readonly Content[], template: Template, language = 'en') =>
  renderPost(contents, { template, language, sourceName: 'code' });
const described = (description: string, ...items: readonly Content['item'][]) =>
  show(told(...items), { description }).embed.description;

describe('checkTemplate', () => {
  it.each([
    'plain words',
    '',
    '**{{title}}**{{#author}} by {{author}}{{/author}}',
    '{{#commits}}\n- {{sha}} {{title}} on {{branch}}\n{{/commits}}',
    '{{^commits}}nothing{{/commits}}{{! a note }}',
    '{{#digest}}{{#items}}{{headline}}{{/items}}{{/digest}}',
    '<:castle:123456789012345678> steve@example.com',
    '{ {title} } and {{ title }}',
  ])('lets %j through', (text) => {
    expect(checkTemplate(text)).toBeNull();
  });

  it.each([
    ['{{titel}}', 'There is no variable {{titel}}. There are headline, details, title'],
    ['{{constructor}}', 'There is no variable {{constructor}}.'],
    ['{{title.length}}', 'There is no variable {{title.length}}.'],
    ['{{.}}', 'There is no variable {{.}}.'],
    ['{{#nobody}}{{/nobody}}', 'There is no variable {{nobody}}.'],
    ['{{#commits}}{{titel}}{{/commits}}', 'There is no variable {{titel}}. There are sha, title'],
    ['{{title', 'Two braces {{ are opened and not closed with }}.'],
    ['{{#author}}by', 'The section {{#author}} is not closed where it must be.'],
    ['{{#author}}{{/title}}', 'The section {{#author}} is not closed where it must be.'],
    ['by{{/author}}', '{{/author}} closes a section that was not opened.'],
    ['{{{title}}}', 'nothing is shown unescaped. Write it with two braces: {{title}}'],
    ['{{&title}}', 'nothing is shown unescaped. Write it with two braces: {{title}}'],
    ['{{>other}}', '{{>other}} would take in another template'],
    ['{{=<% %>=}}', 'The braces cannot be exchanged'],
    ['{{commits}}', '{{commits}} is a list.'],
    ['{{name}}', '{{name}} is known only within {{#fields}}.'],
    ['{{#items}}{{#commits}}{{/commits}}{{/items}}', 'a list cannot stand in a list'],
    [
      '{{#url}}{{#url}}{{#url}}{{#url}}{{/url}}{{/url}}{{/url}}{{/url}}',
      'Sections stand in each other 4 deep, and 3 is the most.',
    ],
    ['{{title}}'.repeat(41), 'It has 41 tags, and a template has at most 40.'],
    ['x'.repeat(1_001), 'It has 1001 characters, and a template has at most 1000.'],
    ['hi @everyone', '@everyone cannot stand in a template'],
    ['<@&123> look', '<@&123> cannot stand in a template'],
    ['<@{{number}}>', '<@ cannot stand in a template'],
    ['`{{tag}}`', 'A template cannot have code (`)'],
    ['a\u202Eb', 'It has characters that cannot be seen'],
    ['\uFDD0{{title}}', 'It has characters that cannot be seen'],
  ])('refuses %j and shows what is right', (text, problem) => {
    expect(checkTemplate(text)).toContain(problem);
    expect(checkTemplate(text)).toMatch(/(?:For example|for example|Write it).*: \S/s);
  });

  it('lets through what it shows as right', () => {
    const examples = ['{{x}}', '{{commits}}', '{{items}}', '{{fields}}', '{{/x}}', '{{{url}}}'].map(
      (text) => /: (?=[^:]*\{\{)(.+)$/.exec(checkTemplate(text) ?? '')?.[1] ?? '',
    );
    expect(examples.map((example) => checkTemplate(example))).toEqual(examples.map(() => null));
  });
});

describe('a filled template', () => {
  it('stands in place of the built-in words, part by part', () => {
    const post = show(told(news.release()), {
      content: 'New: {{title}}',
      title: '{{tag}} is out',
      description: '{{text}}\n\n\n\n-# {{details}}',
      footer: '{{source}}',
    });
    expect(post).toMatchObject({
      content: 'New: First stone',
      embed: { title: 'v1 is out', description: 'It stands.\n\n-# It stands.', footer: 'code' },
      threadName: 'v1 is out',
    });
    expect(show(told(news.release()), { footer: '' }).embed.footer).toBeNull();
    expect(show(told(news.release()), { title: '{{number}}' }).embed.title).toBe(
      'New release: First stone (v1)',
    );
  });

  it('goes through the entries of lists', () => {
    const list = '{{#commits}}\n- {{title}} ({{author}}, {{branch}})\n{{/commits}}\n{{more}} more';
    expect(described(list, news.push({ more: 3 }))).toBe(
      '- Lower the drawbridge (Bo, main)\n3 more',
    );
    expect(
      described(
        '{{#items}}{{kind}} {{/items}}{{count}}',
        news.push(),
        news.release(),
        news.video(),
      ),
    ).toBe('push release video 3');
    expect(described('{{^items}}none{{/items}}{{^author}}nobody{{/author}}', news.release())).toBe(
      'nobody',
    );
  });

  it('says of a digest what its news say together', () => {
    const releases = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((title) => news.release({ title }));
    expect(described('{{title}}', ...releases)).toBe('A, B, C, D, E … and 2 more');
    expect(described('{{title}} {{tag}}', ...releases.slice(0, 3))).toBe('A, B and C v1');
  });

  it('leaves out a template that is not let through', () => {
    expect(show(told(news.release()), { title: '{{titel}}', content: '@everyone' })).toMatchObject({
      content: null,
      embed: { title: 'New release: First stone (v1)' },
    });
  });

  it('does not go for what was deleted', () => {
    const gone = [{ item: news.release(), deleted: true }];
    expect(show(gone, { content: '{{text}}', description: '{{text}}' })).toMatchObject({
      content: null,
      embed: { description: 'This was deleted where it came from.' },
    });
    const some = [...gone, ...told(news.video())];
    expect(show(some, { content: '{{title}}' }).content).toBe('How we built the keep');
  });

  it('keeps an address that goes on in a value, and ends no link', () => {
    const link = '[{{title}}](https://wiki.example/{{tag}}) _{{title}}_';
    const filled = (tag: string, title = 'x_y') => described(link, news.release({ tag, title }));
    expect(filled('v_1_0')).toBe('[x\\_y](https://wiki.example/v_1_0) _x\\_y_');
    expect(filled('v)_evil_')).toBe('[x\\_y](https://wiki.example/v\\)_evil_) _x\\_y_');
    expect(filled('v(1')).toBe('[x\\_y](https://wiki.example/v\\(1) _x\\_y_');
    expect(filled('v1', 'https://evil.example')).toBe(
      '[evil.example](https://wiki.example/v1) _evil.example_',
    );
  });

  it('lets no two values come together to a mention', () => {
    const author = { name: '@', url: null, avatarUrl: null };
    expect(described('{{author}}{{title}}', news.release({ author, title: 'everyone' }))).toBe(
      '＠everyone',
    );
    expect(described('{{author}}{{title}}', news.release({ author, title: 'here' }))).toBe(
      '＠here',
    );
    expect(described('<{{title}}', news.release({ title: '@&1>' }))).toBe('<\\@&1>');
    expect(
      described(
        '{{author}}{{title}}',
        news.release({ author: { ...author, name: '<' }, title: '@1>' }),
      ),
    ).toMatch(/^\\<\\?@1>$/);
  });
});

describe('the page on templates', () => {
  it('names every variable, and no other', () => {
    const rows = [...PAGE.matchAll(/^\| ((?:`\w+`(?:, )?)+) +\|/gm)].flatMap(([, names = '']) =>
      names.replaceAll('`', '').split(', '),
    );
    const parts = ['content', 'title', 'description', 'footer'];
    expect(new Set(rows)).toEqual(new Set([...VARIABLES, ...Object.keys(LISTS), ...parts]));
    for (const [list, names] of Object.entries(LISTS)) {
      const row = PAGE.split('\n').find((line) => line.startsWith(`| \`${list}\``)) ?? '';
      expect(row).toContain(names.map((name) => `\`${name}\``).join(', '));
    }
  });

  it('has examples that are let through', () => {
    const parts = z.record(z.string(), z.string());
    const examples = [...PAGE.matchAll(/```yaml\n([^]*?)```/g)].map(([, yaml = '']) => {
      const read: unknown = parse(yaml);
      const wrapped = z.object({ template: parts }).safeParse(read);
      return wrapped.success ? wrapped.data.template : parts.parse(read);
    });
    expect(examples.length).toBeGreaterThan(1);
    for (const example of examples.flatMap((template) => Object.values(template))) {
      expect(checkTemplate(example)).toBeNull();
    }
  });
});

describe('samples', () => {
  const origins: readonly Origin[] = [
    { provider: 'github' },
    { provider: 'gitlab' },
    { provider: 'bitbucket' },
    { provider: 'twitch' },
    { provider: 'youtube', channelId: 'UCx' },
    { provider: 'feed', address: 'https://castle.example/feed', everyMs: 1, allowInternal: false },
    { provider: 'zapier', mapping: 'plain' },
    { provider: 'zapier', mapping: 'youtube' },
    { provider: 'zapier', mapping: 'twitter' },
    { provider: 'generic', authentication: { kind: 'standard-webhooks' }, mapping: {} },
  ];

  it.each(origins)('of $provider are news of their own that can be shown', (origin) => {
    const items = sampleItems(origin, Date.UTC(2026, 10, 23));
    expect(new Set(items.map(({ identity }) => identity)).size).toBe(items.length);
    for (const item of items) {
      expect(show(told(item), {}, 'de').embed.title).not.toBe('');
    }
  });
});
