import { label } from '../../text';
import { lines } from '../bounds';
import type { Commit, Item } from '../item';
import { commitsOf, firstLine, headlineOf } from './headline';
import type { Content } from './post';
import { readable } from './prose';
import { outside } from './regions';
import { encoded, marked, withoutSchemes } from './show';
import type { Words } from './words';

/**
 * What administrators may name in templates. A list is a section (`{{#commits}}…{{/commits}}`); inside of it,
 * its own variables come before those of the whole post.
 */
export const VARIABLES = [
  'headline',
  'details',
  'title',
  'text',
  'url',
  'author',
  'author_url',
  'place',
  'place_url',
  'branch',
  'tag',
  'from',
  'into',
  'number',
  'sha',
  'outcome',
  'act',
  'kind',
  'event',
  'source',
  'count',
  'commit_count',
  'more',
  'digest',
  'forced',
  'prerelease',
] as const;

/** By list, what each of its entries has. */
export const LISTS = {
  commits: ['sha', 'title', 'url', 'author'],
  fields: ['name', 'value'],
  items: [
    'headline',
    'title',
    'url',
    'author',
    'place',
    'branch',
    'tag',
    'number',
    'kind',
    'event',
  ],
} as const;

/** Entries of a list: no template shows more. */
const MOST_ENTRIES = 25;
const MOST_LISTED = 5;
const LONGEST = 200;
const LONGEST_TEXT = 2_000;

export type Values = Record<(typeof VARIABLES)[number], string> & {
  readonly [List in keyof typeof LISTS]: readonly Readonly<
    Record<(typeof LISTS)[List][number], string>
  >[];
};

/** The built-in words of a post, fit to be shown. */
export interface BuiltIn {
  readonly headline: string;
  readonly details: string;
}

/**
 * What the variables of a post say. Of several news, each has what they differ in as a list; what came from
 * outside is marked as such (regions.ts) and not yet escaped. What does not apply is empty.
 *
 * @param contents at least one, none of them deleted
 */
export function valuesOf(
  contents: readonly Content[],
  builtIn: BuiltIn,
  words: Words,
  sourceName: string | null,
): Values {
  const items = contents.map(({ item }) => item);
  const [only, second] = items;
  const single = second === undefined ? only : undefined;
  const pushes = items.flatMap((item) => (item.kind === 'push' ? [item] : []));
  const commits = pushes.flatMap((push) => push.commits);
  const all = pushes.map(commitsOf).reduce((sum, { count }) => sum + count, 0);
  const each = (read: (item: Item) => string | null): string =>
    listed(
      items.map((item) => read(item) ?? ''),
      words,
    );
  const address = (read: (item: Item) => string | null): string => {
    const found = new Set(items.map((item) => read(item) ?? ''));
    const [shared] = found;
    return found.size === 1 && shared !== undefined ? linkable(shared === '' ? null : shared) : '';
  };
  const number = (value: number): string => (value === 0 ? '' : words.number(value));
  const yes = (applies: boolean): string => (applies ? 'yes' : '');
  return {
    ...builtIn,
    title: each(titleOf),
    text: single === undefined ? '' : multiline(textOf(single)),
    url: address(({ url, place }) => (single === undefined ? (place?.url ?? null) : url)),
    author: each(({ author }) => author?.name ?? null),
    author_url: address(({ author }) => author?.url ?? null),
    place: each(({ place }) => place?.name ?? null),
    place_url: address(({ place }) => place?.url ?? null),
    branch: each((item) => refOf(item, 'branch')),
    tag: each((item) => refOf(item, 'tag')),
    from: each((item) => (item.kind === 'merge-request' ? item.from : null)),
    into: each((item) => (item.kind === 'merge-request' ? item.into : null)),
    number: each(numberOf),
    sha: each((item) => ('head' in item ? (item.head?.slice(0, 7) ?? null) : null)),
    outcome: each((item) => (item.kind === 'run' ? item.outcome : null)),
    act: each((item) => ('act' in item ? item.act : null)),
    kind: each(({ kind }) => kind),
    event: each(({ event }) => event),
    source: line(sourceName ?? ''),
    count: words.number(items.length),
    commit_count: number(all),
    more: number(all - Math.min(commits.length, MOST_ENTRIES)),
    digest: yes(single === undefined),
    forced: yes(pushes.some(({ forced }) => forced)),
    prerelease: yes(items.some((item) => item.kind === 'release' && item.prerelease)),
    commits: commits.slice(-MOST_ENTRIES).map(commitValues),
    fields: (single?.kind === 'post' ? single.fields : [])
      .slice(0, MOST_ENTRIES)
      .map(({ name, value }) => ({ name: line(name), value: line(value) })),
    items: items.slice(0, MOST_ENTRIES).map((item) => ({
      headline: headlineOf(item, words, marked),
      title: line(titleOf(item)),
      url: linkable(item.url),
      author: line(item.author?.name ?? ''),
      place: line(item.place?.name ?? ''),
      branch: line(refOf(item, 'branch') ?? ''),
      tag: line(refOf(item, 'tag') ?? ''),
      number: line(numberOf(item) ?? ''),
      kind: item.kind,
      event: line(item.event),
    })),
  };
}

const line = (text: string): string => outside(label(text, { max: LONGEST }));
const linkable = (url: string | null): string => (url === null ? '' : outside(encoded(url)));

const multiline = (text: string): string => outside(lines(text, LONGEST_TEXT));

/** Each different one once: what several news say. */
function listed(texts: readonly string[], words: Words): string {
  const different = [...new Set(texts)].map(line).filter((text) => text !== '');
  const shown = different.slice(0, MOST_LISTED);
  const count = different.length - shown.length;
  if (count === 0) return words.list(shown);
  return `${shown.join(', ')} ${words.moreNews({ count, open: false })}`;
}

function commitValues({ sha, title, url, author }: Commit) {
  return {
    sha: line(sha.slice(0, 7)),
    title: line(withoutSchemes(title)),
    url: linkable(url),
    author: line(author?.name ?? ''),
  };
}

/** What it is called; never empty where its source names anything. */
function titleOf(item: Item): string {
  switch (item.kind) {
    case 'push':
      return withoutSchemes(item.commits.at(-1)?.title ?? item.ref.name);
    case 'ref':
      return item.ref.name;
    case 'stars':
      return item.place?.name ?? '';
    case 'release':
      return withoutSchemes(item.title) || item.tag;
    case 'entry':
    case 'post':
      return withoutSchemes(item.title || firstLine(item.text));
    case 'stream':
      return withoutSchemes(item.title || (item.author?.name ?? ''));
    default:
      return withoutSchemes(item.title);
  }
}

function textOf(item: Item): string {
  switch (item.kind) {
    case 'release':
    case 'merge-request':
    case 'issue':
      return readable(item.text);
    case 'entry':
    case 'post':
      return item.text;
    default:
      return '';
  }
}

const numberOf = (item: Item): string | null => {
  if (item.kind === 'stars') return String(item.count);
  return 'number' in item ? item.number : null;
};

function refOf(item: Item, kind: 'branch' | 'tag'): string | null {
  if (item.kind === 'release') return kind === 'tag' ? item.tag : null;
  if (!('ref' in item) || item.ref === null) return null;
  return item.ref.kind === kind ? item.ref.name : null;
}
