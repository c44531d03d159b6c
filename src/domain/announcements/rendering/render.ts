import { inline, label, plain } from '../../text';
import type { Item, Person, Place } from '../item';
import { colorOf, DELETED_COLOR } from './colors';
import { digestColor, digestDetails, digestHeadline } from './digest';
import { headlineOf } from './headline';
import { detailsOf, pageOf } from './news';
import {
  ROOM,
  type Content,
  type EmbedField,
  type RenderedEmbed,
  type RenderedPost,
  type RenderOptions,
} from './post';
import { bare, embeddable, marked, type Show } from './show';
import { applied } from './templated';
import { valuesOf } from './variables';
import { wordsOf, type Words } from './words';

/**
 * A post as it is to be shown now. The same contents and options give the same post. What its source took back
 * has the built-in words, whatever the template.
 *
 * @param contents at least one, in the order in which they are shown
 * @throws RangeError without any content
 */
export function renderPost(
  contents: readonly Content[],
  { template, language, sourceName = null }: RenderOptions,
): RenderedPost {
  const words = wordsOf(language);
  const embed = builtIn(contents, words, sourceName);
  const threadName = label(headline(contents, words, bare), {
    max: ROOM.threadName,
    empty: words.news,
  });
  const left = contents.filter(({ deleted }) => !deleted);
  const isPlain = Object.values(template).every((part) => part === undefined);
  if (isPlain || left.length === 0) return { content: null, embed: withinLimit(embed), threadName };
  const shown = { headline: embed.title, details: embed.description ?? '' };
  const parts = applied(template, valuesOf(left, shown, words, sourceName), ROOM);
  return {
    content: parts.content,
    embed: withinLimit({
      ...embed,
      title: parts.title ?? embed.title,
      description: parts.description === undefined ? embed.description : parts.description,
      footer: parts.footer === undefined ? embed.footer : parts.footer,
    }),
    threadName: parts.threadName ?? threadName,
  };
}

/** What a thread, a notification and a digest call it. */
function headline(contents: readonly Content[], words: Words, show: Show): string {
  const [first, second] = contents;
  if (first === undefined) return words.news;
  if (second !== undefined) return digestHeadline(contents, words, show);
  const line = headlineOf(first.item, words, show);
  return first.deleted ? `${line} ${words.deleted}` : line;
}

function builtIn(
  contents: readonly Content[],
  words: Words,
  sourceName: string | null,
): RenderedEmbed {
  const [first, second] = contents;
  if (first === undefined) throw new RangeError('a post shows at least one content');
  if (second !== undefined) return digest(contents, words, sourceName);
  return first.deleted ? gone(first.item, words, sourceName) : alone(first.item, words, sourceName);
}

const NOTHING = {
  url: null,
  description: null,
  author: null,
  imageUrl: null,
  thumbnailUrl: null,
  fields: [],
} as const;

function alone(item: Item, words: Words, sourceName: string | null): RenderedEmbed {
  const details = detailsOf(item, words);
  return {
    ...NOTHING,
    title: titleOf(item, words),
    url: embeddable(pageOf(item)),
    description: details === '' ? null : details,
    color: colorOf(item),
    author: authorOf(item.author),
    footer: footerOf(item, words, sourceName),
    imageUrl: 'imageUrl' in item ? embeddable(item.imageUrl) : null,
    timestamp: instant(item.at),
    fields: item.kind === 'post' ? item.fields.map(fieldOf) : [],
  };
}

/** What has no title of its own is called by its first line elsewhere; here its text follows. */
function titleOf(item: Item, words: Words): string {
  const untitled = (item.kind === 'post' || item.kind === 'entry') && marked(item.title, 10) === '';
  return untitled ? words.newPost : headlineOf(item, words, marked);
}

/** What its source took back is not repeated: that it was there is all that is left. */
function gone(item: Item, words: Words, sourceName: string | null): RenderedEmbed {
  return {
    ...NOTHING,
    title: `~~${headlineOf(item, words, marked)}~~ ${words.deleted}`,
    description: words.deletedNote,
    color: DELETED_COLOR,
    footer: footerOf(item, words, sourceName),
    timestamp: instant(item.at),
  };
}

function digest(
  contents: readonly Content[],
  words: Words,
  sourceName: string | null,
): RenderedEmbed {
  const places = new Map(contents.map(({ item }) => [item.place?.name ?? '', item.place]));
  const [place] = places.values();
  const common = places.size === 1 ? (place ?? null) : null;
  const times = contents.flatMap(({ item }) => (item.at === null ? [] : [item.at]));
  return {
    ...NOTHING,
    title: digestHeadline(contents, words, marked),
    url: embeddable(common?.url ?? null),
    description: digestDetails(contents, words),
    color: digestColor(contents),
    footer: placeName(common, sourceName),
    timestamp: times.length === 0 ? null : instant(Math.max(...times)),
  };
}

function authorOf(person: Person | null): RenderedEmbed['author'] {
  const name = label(person?.name ?? '', { max: ROOM.author });
  if (person === null || name === '') return null;
  return { name, url: embeddable(person.url), iconUrl: embeddable(person.avatarUrl) };
}

function footerOf(item: Item, words: Words, sourceName: string | null): string | null {
  const place = placeName(item.place, sourceName);
  if (item.kind !== 'video') return place;
  return place === null ? words.video : `${words.video} · ${place}`;
}

function placeName(place: Place | null, sourceName: string | null): string | null {
  const name = label(place?.name ?? sourceName ?? '', { max: ROOM.footer / 2 });
  return name === '' ? null : name;
}

/** Short ones stand side by side. */
const SHORT = 40;

function fieldOf({ name, value }: { readonly name: string; readonly value: string }): EmbedField {
  const shown = plain(value, { max: ROOM.fieldValue, empty: '–' });
  return {
    name: inline(name, { max: ROOM.fieldName, empty: '–' }),
    value: shown,
    inline: shown.length <= SHORT && !shown.includes('\n'),
  };
}

/** Discord takes years of four digits; what is told of other ones is a mistake. */
function instant(at: number | null): number | null {
  return at !== null && at >= 0 && at < Date.UTC(10_000, 0) ? at : null;
}

/** Leaves out the last fields that have no room beside the other texts. */
function withinLimit(embed: RenderedEmbed): RenderedEmbed {
  let room =
    ROOM.embed -
    [embed.title, embed.description, embed.footer, embed.author?.name].reduce(
      (all, text) => all + (text ?? '').length,
      0,
    );
  const fields: EmbedField[] = [];
  for (const field of embed.fields.slice(0, ROOM.fields)) {
    room -= field.name.length + field.value.length;
    if (room < 0) break;
    fields.push(field);
  }
  return { ...embed, fields };
}
