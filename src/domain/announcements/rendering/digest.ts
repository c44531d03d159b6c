import type { Item, Push } from '../item';
import { colorOf, DELETED_COLOR, DIGEST_COLOR } from './colors';
import { commitsOf, headlineOf } from './headline';
import { fill } from './lines';
import { commitLine, pageOf } from './news';
import type { Content } from './post';
import { link, marked, type Show } from './show';
import type { Amount, Counted, Words } from './words';

/** Several news in one post. Of names, those of a few; of kinds, as many as one reads in a breath. */
const MOST = { names: 3, kinds: 3, commits: 8, lines: 30, details: 4_000 } as const;

const sum = (amounts: readonly Amount[]): Amount => ({
  count: amounts.reduce((all, { count }) => all + count, 0),
  open: amounts.some(({ open }) => open),
});

const pushesOf = (contents: readonly Content[]): readonly Push[] =>
  contents.flatMap(({ item }) => (item.kind === 'push' ? [item] : []));

/** `7 commits in 3 pushes and 1 release by Ada and Bo`. */
export function digestHeadline(contents: readonly Content[], words: Words, show: Show): string {
  const counts = countsOf(contents, words);
  const what =
    counts.length > MOST.kinds ? words.allNews(contents.length) : words.list([...counts]);
  const names = [...new Set(contents.flatMap(({ item }) => authorsOf(item)))]
    .map((name) => show(name, 30))
    .filter((name) => name !== '');
  if (names.length === 0) return what;
  const shown = names.slice(0, MOST.names);
  const others = names.length - shown.length;
  return `${what} ${words.by(words.list([...shown, ...(others > 0 ? [words.others(others)] : [])]))}`;
}

function countsOf(contents: readonly Content[], words: Words): readonly string[] {
  const pushes = pushesOf(contents);
  const commits = sum(pushes.map(commitsOf));
  const others = new Map<Counted, number>();
  for (const { item } of contents) {
    if (item.kind === 'push') continue;
    const kind = item.kind === 'entry' ? 'post' : item.kind;
    others.set(kind, (others.get(kind) ?? 0) + 1);
  }
  return [
    ...(pushes.length === 0
      ? []
      : [
          commits.count === 0
            ? words.pushes(pushes.length)
            : words.commitsInPushes(commits, pushes.length),
        ]),
    ...[...others].map(([kind, count]) => words.counts[kind](count)),
  ];
}

function authorsOf(item: Item): readonly string[] {
  if (item.kind === 'push' && item.authors.length > 0) return item.authors;
  return item.author === null ? [] : [item.author.name];
}

/** A line of a digest, and how many commits or news stand in it. */
interface Entry {
  readonly line: string;
  readonly tells: number;
}

/** The commits of each branch together, then everything else, a line each. */
export function digestDetails(contents: readonly Content[], words: Words): string {
  const pushes = pushesOf(contents);
  const entries = [
    ...byBranch(pushes).flatMap((group) => branchEntries(group, words)),
    ...contents
      .filter(({ item }) => item.kind !== 'push')
      .map((content) => ({ line: newsLine(content, words), tells: 1 })),
  ];
  const all = sum(pushes.map(commitsOf));
  const untold =
    all.count -
    entries.reduce((told, { tells }) => told + tells, 0) +
    (contents.length - pushes.length);
  return fill(
    entries.map(({ line }) => line),
    { max: MOST.details, lines: MOST.lines },
    (left) => {
      const hidden = entries.slice(entries.length - left).reduce((n, { tells }) => n + tells, 0);
      const more = { count: Math.max(0, untold) + hidden, open: all.open };
      return more.count === 0 && !more.open ? null : words.moreNews(more);
    },
  );
}

function byBranch(pushes: readonly Push[]): readonly (readonly Push[])[] {
  const groups = new Map<string, Push[]>();
  for (const push of pushes) {
    const { place, ref } = push;
    const where = JSON.stringify([place?.url, place?.name, ref.kind, ref.name]);
    const group = groups.get(where);
    if (group === undefined) groups.set(where, [push]);
    else group.push(push);
  }
  return [...groups.values()];
}

function branchEntries(group: readonly Push[], words: Words): readonly Entry[] {
  const [first] = group;
  if (first === undefined) return [];
  const heading = [first.place?.name, first.ref.name]
    .map((name) => marked(name ?? '', 60))
    .filter((name) => name !== '')
    .join(' · ');
  const commits = group.flatMap((push) => push.commits);
  const lines: Entry[] = commits
    .slice(-MOST.commits)
    .map((commit) => ({ line: commitLine(commit, null), tells: 1 }));
  if (lines.length === 0) {
    lines.push(
      ...group.map((push) => ({
        line: link(headlineOf(push, words, marked), push.url),
        tells: commitsOf(push).count,
      })),
    );
  }
  return lines.map(({ line, tells }, index) => ({
    // Nobody wants to read a heading without anything below it, so it belongs to the first line.
    line: index === 0 && heading !== '' ? `**${heading}**\n${line}` : line,
    tells,
  }));
}

function newsLine({ item, deleted }: Content, words: Words): string {
  const headline = headlineOf(item, words, marked);
  if (deleted) return `• ~~${headline}~~ ${words.deleted}`;
  const by = item.author === null || item.kind === 'stream' ? '' : marked(item.author.name, 40);
  return `• ${link(headline, pageOf(item))}${by === '' ? '' : ` – ${by}`}`;
}

export function digestColor(contents: readonly Content[]): number {
  const left = contents.filter(({ deleted }) => !deleted);
  if (left.length === 0) return DELETED_COLOR;
  const colors = new Set(left.map(({ item }) => colorOf(item)));
  const [only] = colors;
  return colors.size === 1 && only !== undefined ? only : DIGEST_COLOR;
}
