import { MOST } from '../../../domain/announcements/bounds';
import { delivered, malformed, type Delivery } from '../../../domain/announcements/delivery';
import type { CompiledMapping, MappingKey } from '../../../domain/announcements/mapping';
import type { Authentication } from '../../../domain/announcements/settings';
import { postOf, textIn } from '../fields';
import { readJson } from '../read';
import type { SourceRequest } from '../source';

export interface GenericSettings {
  readonly authentication: Authentication;
  readonly mapping: CompiledMapping;
  /** What tells this source's ids from another's: its id, with its guild's. */
  readonly scope: string;
}

/** Any JSON, read by the mapping of its source's configuration. */
export function parse(request: SourceRequest, { mapping, scope }: GenericSettings): Delivery {
  const json = readJson(request.body);
  if ('malformed' in json) return json.malformed;
  const entries = mapping.items(json.value, MOST.items);
  const posts = entries.map((entry) => postOf(toldBy(mapping, entry), scope));
  const items = posts.filter((post) => post !== null);
  if (entries.length > 0 && items.length === 0) {
    return malformed(
      'body',
      'The mapping finds neither a title nor a text nor an address in the body.',
      'title: $.release.title',
    );
  }
  return delivered(items, 'The mapping finds no items in the body.');
}

function toldBy(mapping: CompiledMapping, entry: unknown) {
  const text = (key: MappingKey): string | null => textIn(mapping.keys.get(key)?.(entry));
  return {
    id: text('id'),
    change: text('change'),
    event: text('event'),
    title: text('title'),
    text: text('text'),
    url: text('url'),
    author: text('author'),
    authorUrl: text('authorUrl'),
    authorImage: text('authorImage'),
    image: text('image'),
    at: text('at'),
    fields: mapping.fields.flatMap(({ name, value }) => {
      const shown = textIn(value(entry));
      return shown === null ? [] : [{ name, value: shown }];
    }),
  };
}
