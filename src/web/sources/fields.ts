import { line, lines, MOST } from '../../domain/announcements/bounds';
import { identity } from '../../domain/announcements/identity';
import type { Post } from '../../domain/announcements/item';
import { person, time, url } from './read';

/** A post as somebody told it field by field; absent fields are `null`. */
export interface ToldPost {
  readonly id: string | null;
  readonly change: string | null;
  readonly event: string | null;
  readonly title: string | null;
  readonly text: string | null;
  readonly url: string | null;
  readonly author: string | null;
  readonly authorUrl: string | null;
  readonly authorImage: string | null;
  readonly image: string | null;
  /** ISO 8601, or seconds since the epoch. */
  readonly at: string | null;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

/**
 * @param scope what tells its ids from those of other sources
 * @returns `null` where nothing is left to be shown: neither title nor text nor address
 */
export function postOf(told: ToldPost, scope: string): Post | null {
  const title = line(told.title ?? '');
  const text = lines(told.text ?? '');
  const link = url(told.url);
  if (title === '' && text === '' && link === null) return null;
  const named = told.id ?? link;
  return {
    kind: 'post',
    event: line(told.event ?? 'post', 60),
    change: changeOf(told.change),
    identity:
      named === null
        ? identity('post', scope, title, text, told.at ?? '')
        : identity('post', scope, named),
    place: null,
    author: person(told.author, { url: told.authorUrl, avatarUrl: told.authorImage }),
    url: link,
    at: timeOf(told.at),
    title,
    text,
    imageUrl: url(told.image),
    fields: told.fields.slice(0, MOST.fields).map(({ name, value }) => ({
      name: line(name, 100),
      value: lines(value, 1_000),
    })),
  };
}

/** Who names no change says how the content is now. */
function changeOf(text: string | null): Post['change'] {
  return text === 'created' || text === 'edited' || text === 'deleted' ? text : 'present';
}

const timeOf = (text: string | null): number | null =>
  time(/^\d{1,12}$/.test(text ?? '') ? Number(text) : text);

/** A value that can be shown as text; `null` for lists, objects and nothing. */
export function textIn(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
