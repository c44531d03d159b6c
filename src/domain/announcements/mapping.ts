import { jsonpath } from 'json-p3';
import type { Mapping } from './settings';

export type MappingKey = Exclude<keyof Mapping, 'items' | 'fields'>;

/** Looks up a value; `null` where there is none. */
export type Lookup = (value: unknown) => unknown;

export interface CompiledMapping {
  /** At most so many entries of the body. */
  readonly items: (value: unknown, most: number) => readonly unknown[];
  readonly keys: ReadonlyMap<MappingKey, Lookup>;
  readonly fields: readonly { readonly name: string; readonly value: Lookup }[];
}

/** A mapping cannot be used. The message is for whoever wrote it. */
export class MappingError extends Error {
  readonly code = 'mapping';

  constructor(
    /** Where in the mapping: `title`, `fields.0.value`. */
    readonly key: string,
    message: string,
  ) {
    super(message);
    this.name = 'MappingError';
  }
}

/** @throws MappingError */
export function compileMapping({ items, fields = [], ...keys }: Mapping): CompiledMapping {
  const given = Object.entries(keys) as [MappingKey, string | undefined][];
  const query = items === undefined ? null : compilePath('items', items);
  return {
    items: (value, most) =>
      query === null ? [value] : entries([...found(query, value, most)], most),
    keys: new Map(
      given.flatMap(([key, text]) => (text === undefined ? [] : [[key, lookup(key, text)]])),
    ),
    fields: fields.map(({ name, value }, index) => ({
      name,
      value: lookup(`fields.${index}.value`, value),
    })),
  };
}

/** A path to a list means its entries. */
const entries = (values: readonly unknown[], most: number): readonly unknown[] =>
  values
    .flatMap((value): readonly unknown[] => (Array.isArray(value) ? value.slice(0, most) : [value]))
    .slice(0, most);

function lookup(key: string, text: string): Lookup {
  if (!text.startsWith('$')) return () => text;
  const query = compilePath(key, text);
  return (value) => {
    const [first = null] = found(query, value, 1);
    return first;
  };
}

/** UTF-16 code units, and steps. */
const LONGEST = 300;
const DEEPEST = 20;

/**
 * Only names, positions and `*`, one a step: so a query looks at each value at most once, and neither walks
 * the whole document for each step (`..`) nor runs a pattern (filters).
 */
function compilePath(key: string, text: string): jsonpath.JSONPathQuery {
  const query = compiled(key, text);
  const simple = query.segments.every(
    (segment) =>
      !segment.toString().startsWith('..') &&
      segment.selectors.length === 1 &&
      segment.selectors.every(
        (selector) =>
          selector instanceof jsonpath.selectors.NameSelector ||
          selector instanceof jsonpath.selectors.IndexSelector ||
          selector instanceof jsonpath.selectors.WildcardSelector,
      ),
  );
  if (!simple || query.segments.length > DEEPEST) {
    throw new MappingError(
      key,
      `A path may have names, positions and * only, and ${DEEPEST} steps at most: $.release.title, $.items[0].url, $.entries[*].`,
    );
  }
  return query;
}

function compiled(key: string, text: string): jsonpath.JSONPathQuery {
  try {
    if (text.length > LONGEST) throw new Error(`it is longer than ${LONGEST} characters`);
    return jsonpath.compile(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it cannot be read';
    throw new MappingError(key, `This is no JSONPath: ${why}. Write for example $.release.title.`);
  }
}

function* found(query: jsonpath.JSONPathQuery, value: unknown, most: number): Generator {
  if (!isJson(value)) return;
  let count = 0;
  for (const node of query.lazyQuery(value)) {
    yield node.value;
    count += 1;
    if (count >= most) return;
  }
}

type JsonValue = Parameters<jsonpath.JSONPathQuery['query']>[0];

/** What `JSON.parse` gave is JSON. */
const isJson = (value: unknown): value is JsonValue => value !== undefined;
