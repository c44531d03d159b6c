import type { Issue, Item, MergeRequest, Ref, RefChange, Run, Stream } from '../item';
import { english } from './english';
import { german } from './german';

/** How many there are; `open`: and more that nobody counted. */
export interface Amount {
  readonly count: number;
  readonly open: boolean;
}

/** The kinds of news as a digest counts them: a feed's entry and anything else are posts to a reader. */
export type Counted = Exclude<Item['kind'], 'push' | 'entry'>;

/**
 * Every built-in word of announcements. A language that lacks one does not compile. What is handed in is
 * already fit to be shown; what comes out is put among it as it is.
 */
export interface Words {
  /** As the language groups digits. */
  readonly number: (value: number) => string;
  /** `a, b and c`. */
  readonly list: (names: readonly string[]) => string;
  /** The last entry of a list of names that goes on. */
  readonly others: (count: number) => string;
  readonly by: (names: string) => string;

  readonly pushed: (
    commits: Amount,
    told: { ref: Ref['kind']; name: string; forced: boolean },
  ) => string;
  readonly refChanged: (ref: Ref['kind'], name: string, act: RefChange['act']) => string;
  readonly released: (title: string, prerelease: boolean) => string;
  /** @param pull it is called a pull request where it is from, not a merge request */
  readonly request: (told: {
    readonly pull: boolean;
    readonly number: string;
    readonly act: MergeRequest['act'];
    readonly title: string;
  }) => string;
  readonly issue: (number: string, act: Issue['act'], title: string) => string;
  /** @param ref where it ran, as `onRef` says it, or nothing */
  readonly ran: (name: string, outcome: Run['outcome'], ref: string) => string;
  /** What a run is called that has no name. */
  readonly run: string;
  readonly onRef: (ref: Ref['kind'], name: string) => string;
  readonly stars: (place: string, count: number) => string;
  /** @param who or what is on air; @param title may be empty */
  readonly streamed: (act: Stream['act'], who: string, title: string) => string;
  /** Who is on air when the source does not say. */
  readonly theStream: string;
  readonly video: string;
  /** The title of a post or a feed's entry that has only a text. */
  readonly newPost: string;
  /** What news without any words are called. */
  readonly news: string;

  /** News of many kinds. */
  readonly allNews: (count: number) => string;
  readonly pushes: (count: number) => string;
  /** `7 commits in 3 pushes`. */
  readonly commitsInPushes: (commits: Amount, pushes: number) => string;
  readonly counts: Readonly<Record<Counted, (count: number) => string>>;

  /** Older commits that are not shown. */
  readonly moreCommits: (amount: Amount) => string;
  /** News and commits of a digest that are not shown. */
  readonly moreNews: (amount: Amount) => string;
  /** Behind the struck title of what its source took back. */
  readonly deleted: string;
  readonly deletedNote: string;
}

const CATALOGUE: Readonly<Record<string, Words>> = { en: english, de: german };

/** @param language a BCP 47 tag; one that is not spoken here has English */
export function wordsOf(language: string): Words {
  const wanted = language.trim().toLowerCase().split('-')[0] ?? '';
  return Object.hasOwn(CATALOGUE, wanted) ? (CATALOGUE[wanted] ?? english) : english;
}
