import { parseFeed } from '@rowanmanning/feed-parser';
import { line, lines, MOST } from '../../domain/announcements/bounds';
import { malformed, type Malformed } from '../../domain/announcements/delivery';
import { identity, videoIdentity } from '../../domain/announcements/identity';
import type { FeedEntry, Person, Place, Video } from '../../domain/announcements/item';
import { person, url } from './read';

type Feed = ReturnType<typeof parseFeed>;
type Entry = Feed['items'][number];

/** How much of an entry's HTML is looked at, in UTF-16 code units. */
const MOST_HTML = 50_000;

/** More entries, or more tags in all, are no feed that somebody reads; each costs time. */
const MOST_ENTRIES = 5_000;
const MOST_TAGS = 30_000;

/**
 * Reads a feed: RSS 0.9 to 2.0, RDF, Atom.
 *
 * @returns its newest entries, the oldest of them first
 */
export function readFeed(text: string): { items: readonly (FeedEntry | Video)[] } | Malformed {
  if (hasMoreTags(text)) return notFeed(`The feed has more than ${MOST_TAGS} tags.`);
  try {
    const feed = parseFeed(text);
    const entries = feed.items;
    if (entries.length > MOST_ENTRIES) {
      return notFeed(`The feed has more than ${MOST_ENTRIES} entries.`);
    }
    // Each entry without an author asks for those of the feed, which are searched for anew.
    Object.defineProperty(feed, 'authors', { value: feed.authors });
    const place = placeOf(feed);
    const newest = entries
      .map((entry, index) => ({ entry, index, at: atOf(entry) }))
      .sort((one, other) => (one.at ?? 0) - (other.at ?? 0) || other.index - one.index)
      .slice(-MOST.items);
    return { items: newest.map(({ entry }) => itemOf(entry, place)) };
  } catch {
    // The parser throws whatever it trips over, and quotes the text.
    return notFeed('The body is no feed: neither RSS nor Atom.');
  }
}

function hasMoreTags(text: string): boolean {
  let tags = 0;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) {
    if (text.charAt(at + 1) !== '/') tags += 1;
    if (tags > MOST_TAGS) return true;
  }
  return false;
}

const notFeed = (problem: string): Malformed =>
  malformed('body', problem, '<rss version="2.0"><channel>…</channel></rss>');

function placeOf(feed: Feed): Place | null {
  const name = line(feed.title ?? '', 200);
  const link = url(feed.url);
  return name === '' && link === null
    ? null
    : { name: name === '' ? (link ?? '') : name, url: link };
}

const atOf = ({ published, updated }: Entry): number | null => {
  const at = (published ?? updated)?.getTime() ?? NaN;
  return Number.isNaN(at) ? null : at;
};

function itemOf(entry: Entry, place: Place | null): FeedEntry | Video {
  const link = url(entry.url);
  const common = {
    change: 'present',
    place,
    author: authorOf(entry),
    url: link,
    at: atOf(entry),
    title: line(plainText(entry.title ?? '')),
    imageUrl: url(entry.image?.url),
  } as const;
  const [, video] = /^yt:video:([\w-]{1,64})$/.exec(entry.id ?? '') ?? [];
  if (video !== undefined) {
    const name = videoIdentity('youtube', video);
    return { ...common, kind: 'video', event: 'video', identity: name, id: video };
  }
  return {
    ...common,
    kind: 'entry',
    event: 'entry',
    identity: identityOf(entry, place, link),
    // Twice of what is kept: what is invisible goes first.
    text: lines(plainText(entry.description ?? entry.content ?? '').slice(0, 2 * MOST.text)),
  };
}

/** An id that is an address or a tag URI is one in all the world; another is one within its feed. */
function identityOf(entry: Entry, place: Place | null, link: string | null): string {
  const id = entry.id ?? '';
  if (/^(?:https?|tag|urn):/i.test(id)) return identity('entry', id);
  if (id !== '') return identity('entry', place?.url ?? place?.name ?? '', id);
  if (link !== null) return identity('entry', link);
  return identity('entry', place?.name ?? '', entry.title ?? '', String(atOf(entry) ?? ''));
}

function authorOf(entry: Entry): Person | null {
  const [author] = entry.authors;
  return author === undefined ? null : person(author.name, { url: author.url });
}

/**
 * What a person would read of HTML, in which the parser already resolved the character references. It is data
 * afterwards as it was before: nothing trusts it.
 */
function plainText(html: string): string {
  const text = html
    .slice(0, MOST_HTML)
    .replace(/<(?:br|\/p|\/li|\/h\d|\/div)\b[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, '');
  return text.replace(/[^\S\n]+/g, ' ').replace(/ ?\n ?/g, '\n');
}

/** Text of a body in the encoding that its type or its XML declaration names; else UTF-8. */
export function textOf(body: Buffer, contentType: string | null): string {
  const declared =
    /charset="?([\w.:-]{1,40})/i.exec(contentType ?? '') ??
    /^[^>]{0,100}\bencoding=["']([\w.:-]{1,40})/i.exec(body.toString('latin1', 0, 200));
  try {
    return new TextDecoder(declared?.[1] ?? 'utf-8').decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}
