import type { Item } from '../item';

/** What is remembered of a feed's entries. */
export interface KnownEntries {
  /** Counts what was new: the same change twice is told apart by it. */
  readonly version: number;
  /** The newest ones last. */
  readonly entries: readonly KnownEntry[];
}

export interface KnownEntry {
  readonly identity: string;
  /** Of all that a post may show; without the time, which some feeds set anew each day. */
  readonly fingerprint: string;
  /** Whether it was news once: then a change of it is news as well. */
  readonly wasNews: boolean;
}

/** More than any feed shows at once; those that fall out of it were gone from the feed before. */
const MOST_KNOWN = 500;

export interface FeedNews {
  /** Identities, in the order of the items. */
  readonly news: readonly string[];
  readonly known: KnownEntries;
}

/**
 * What is new in a feed. A feed that is read for the first time is full of what is old: all of it is taken as
 * known, but what was published after the source was defined. Later whatever was not there before is new, unless
 * it says itself that it is older than the source.
 *
 * @param known of the last time; `null`: it is read for the first time
 * @param since when the source was defined, in milliseconds since the epoch
 * @param digest of a text, a few characters long
 */
export function newsOf(
  items: readonly Item[],
  known: KnownEntries | null,
  since: number,
  digest: (text: string) => string,
): FeedNews {
  const before = new Map((known?.entries ?? []).map((entry) => [entry.identity, entry]));
  const news: string[] = [];
  for (const item of items) {
    const identity = digest(item.identity);
    const fingerprint = digest(JSON.stringify({ ...item, at: null }));
    const earlier = before.get(identity);
    const isNews =
      earlier === undefined
        ? isNewEntry(item, known === null, since)
        : earlier.wasNews && earlier.fingerprint !== fingerprint;
    if (isNews) news.push(item.identity);
    before.delete(identity);
    const wasNews = isNews || earlier?.wasNews === true;
    before.set(identity, { identity, fingerprint, wasNews });
  }
  const version = (known?.version ?? 0) + (news.length > 0 ? 1 : 0);
  return { news, known: { version, entries: [...before.values()].slice(-MOST_KNOWN) } };
}

function isNewEntry(item: Item, isFirst: boolean, since: number): boolean {
  if (isOld(item, since)) return false;
  return !isFirst || (item.at !== null && item.change !== 'deleted');
}

/**
 * Whether content was there before its source was: nobody posts it anew, but a post of it may be changed. Hubs
 * send what was edited and what is new alike, and YouTube's sends videos of years when their words are changed.
 */
export const isOld = ({ change, at }: Pick<Item, 'change' | 'at'>, since: number): boolean =>
  change === 'present' && at !== null && at < since;
