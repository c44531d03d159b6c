import { lines, MOST } from './bounds';
import type { Item, PathList } from './item';

/** The longest text: the titles of all commits. */
const LONGEST = MOST.commits * (MOST.line + 1);

/** What filters look at. */
export interface Facts {
  readonly event: string;
  /** `null`: it belongs to no branch. */
  readonly branch: string | null;
  /** `null`: it touches no files, or its source does not tell which. */
  readonly paths: PathList | null;
  /** Names of all who wrote it. */
  readonly authors: readonly string[];
  /** All that a person would read of it. */
  readonly text: string;
}

export function factsOf(item: Item): Facts {
  const authors = item.kind === 'push' ? item.authors : [];
  return {
    event: item.event,
    branch: branchOf(item),
    paths: item.kind === 'push' ? item.paths : null,
    authors: item.author === null ? authors : [item.author.name, ...authors],
    text: lines(wordsOf(item).join('\n'), LONGEST),
  };
}

function branchOf(item: Item): string | null {
  switch (item.kind) {
    case 'push':
    case 'ref':
    case 'run':
      return item.ref?.kind === 'branch' ? item.ref.name : null;
    case 'merge-request':
      return item.into;
    default:
      return null;
  }
}

function wordsOf(item: Item): readonly string[] {
  switch (item.kind) {
    case 'push':
      return item.commits.map(({ title }) => title);
    case 'ref':
      return [item.ref.name];
    case 'release':
      return [item.title, item.tag, item.text];
    case 'merge-request':
    case 'issue':
    case 'entry':
      return [item.title, item.text];
    case 'run':
    case 'video':
    case 'stream':
      return [item.title];
    case 'stars':
      return [item.place?.name ?? ''];
    case 'post':
      return [item.title, item.text, ...item.fields.flatMap(({ name, value }) => [name, value])];
  }
}
