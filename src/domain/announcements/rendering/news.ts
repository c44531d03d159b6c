import { plain } from '../../text';
import type { Commit, Item, Person, Push } from '../item';
import { fill } from './lines';
import { prose } from './prose';
import { commitsOf } from './headline';
import { link, marked } from './show';
import type { Words } from './words';

/** How much of a text is enough in a stream of news: whoever wants all of it follows the title. */
const READ = { release: 1_500, request: 600, entry: 900, post: 2_000 } as const;
const COMMITS = { max: 3_000, lines: 10 } as const;

/** Its page; what is gone has none any more. */
export const pageOf = (item: Item): string | null =>
  item.kind === 'ref' && item.act === 'deleted' ? null : item.url;

/** What stands below the headline, fit to be shown; may be empty. */
export function detailsOf(item: Item, words: Words): string {
  switch (item.kind) {
    case 'push':
      return commitLines(item, words);
    case 'release':
      return prose(item.text, READ.release);
    case 'merge-request':
      return [
        ...branches(item.from, item.into),
        ...(item.act === 'opened' ? [prose(item.text, READ.request)] : []),
      ]
        .filter((part) => part !== '')
        .join('\n\n');
    case 'issue':
      return item.act === 'opened' ? prose(item.text, READ.request) : '';
    case 'run':
      return item.head === null ? '' : shortSha(item.head);
    case 'entry':
      return plain(item.text, { max: READ.entry });
    case 'post':
      return plain(item.text, { max: READ.post });
    default:
      return '';
  }
}

function branches(from: string | null, into: string | null): readonly string[] {
  if (from === null || into === null) return [];
  return [`**${marked(from, 80)}** → **${marked(into, 80)}**`];
}

/** The newest ones, the oldest of them first, and how many came before them. */
function commitLines(push: Push, words: Words): string {
  const { count, open } = commitsOf(push);
  const newest = push.commits.slice(-COMMITS.lines);
  return fill(
    newest.map((commit) => commitLine(commit, push.author)),
    COMMITS,
    (left) => {
      const hidden = { count: count - newest.length + left, open };
      return hidden.count === 0 && !open ? null : link(words.moreCommits(hidden), push.url);
    },
  );
}

/**
 * A commit as a link, its first line and who wrote it.
 *
 * @param known who is already named: is not named again
 */
export function commitLine({ sha, title, author, url }: Commit, known: Person | null): string {
  const by = author === null || author.name === known?.name ? '' : ` – ${marked(author.name, 40)}`;
  return `${link(shortSha(sha), url)} ${marked(title, 150)}${by}`.trim();
}

/** In code, where nothing can be escaped: letters and digits only. */
function shortSha(sha: string): string {
  const short = sha.replace(/[^0-9A-Za-z]/g, '').slice(0, 7);
  return short === '' ? '•' : `\`${short}\``;
}
