import { describe, expect, it } from '@jest/globals';
import type { FeedEntry } from '../item';
import { isOld, newsOf, type KnownEntries } from './news';

const SINCE = Date.UTC(2026, 10, 1);
const DAY = 86_400_000;

const entry = (id: string, at: number | null, title = id): FeedEntry => ({
  kind: 'entry',
  event: 'entry',
  change: 'present',
  identity: `entry:${id}`,
  place: null,
  author: null,
  url: null,
  at,
  title,
  text: '',
  imageUrl: null,
});

/** Reads the feed again and again. */
function read(...feeds: readonly (readonly FeedEntry[])[]) {
  let known: KnownEntries | null = null;
  return feeds.map((items) => {
    const found = newsOf(items, known, SINCE, (text) => text);
    known = found.known;
    return { news: found.news, version: found.known.version };
  });
}

describe('what is new in a feed', () => {
  it('is, the first time, only what is younger than the source', () => {
    const years = Array.from({ length: 40 }, (_, index) =>
      entry(`o${index}`, SINCE - index * DAY - 1),
    );
    const [first] = read([...years, entry('undated', null), entry('new', SINCE)]);
    expect(first).toEqual({ news: ['entry:new'], version: 1 });
  });

  it('is what was not there before, once', () => {
    const feeds = read(
      [entry('a', null)],
      [entry('a', null), entry('b', null), entry('c', SINCE + DAY)],
      [entry('a', null), entry('b', null), entry('c', SINCE + DAY)],
      [entry('c', SINCE + DAY)],
      [entry('a', null), entry('b', null)],
    );
    expect(feeds.map(({ news }) => news)).toEqual([[], ['entry:b', 'entry:c'], [], [], []]);
  });

  it('is no old entry that comes back to the feed', () => {
    const feeds = read([entry('new', SINCE + 1)], [entry('old', SINCE - 1)]);
    expect(feeds[1]?.news).toEqual([]);
  });

  it('is another title of what was news, also a former one, but not another time', () => {
    const feeds = read(
      [entry('old', SINCE - DAY), entry('a', SINCE)],
      [entry('old', SINCE - DAY, 'edited'), entry('a', SINCE, 'edited')],
      [entry('old', SINCE + DAY, 'edited'), entry('a', SINCE)],
      [entry('old', SINCE + DAY, 'edited'), entry('a', SINCE + DAY)],
    );
    expect(feeds.map(({ news }) => news)).toEqual([['entry:a'], ['entry:a'], ['entry:a'], []]);
    expect(feeds.map(({ version }) => version)).toEqual([1, 2, 3, 3]);
  });

  it('is forgotten at some time, the oldest first', () => {
    const items = Array.from({ length: 600 }, (_, index) => entry(String(index), null));
    const { known } = newsOf(items, null, SINCE, (text) => text);
    expect(known.entries.map(({ identity }) => identity)).toEqual(
      items.slice(100).map(({ identity }) => identity),
    );
  });

  it('is old where it says so itself, and its source does not say that it is new', () => {
    expect(isOld({ change: 'present', at: SINCE - 1 }, SINCE)).toBe(true);
    expect(isOld({ change: 'present', at: SINCE }, SINCE)).toBe(false);
    expect(isOld({ change: 'present', at: null }, SINCE)).toBe(false);
    expect(isOld({ change: 'created', at: SINCE - 1 }, SINCE)).toBe(false);
  });
});
