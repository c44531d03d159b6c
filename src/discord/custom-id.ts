/**
 * What a button, menu or form carries: everything that is needed to answer its click, also after a
 * restart. The text is `1:<name>:<field>:<field>…`; the leading number is the version of this format.
 */

/** Discord's limit for a `custom_id`. */
export const CUSTOM_ID_MAX = 100;

const VERSION = '1';
const SEPARATOR = ':';

/** One kind of component: how its fields become a `custom_id` and are read again. */
export interface CustomIdCodec<Name extends string, Fields> {
  readonly name: Name;
  /** @throws RangeError when the text would be longer than Discord takes. */
  encode(fields: Fields): string;
  /** @returns the fields, or `null` when they are not what this component writes */
  decode(fields: readonly string[]): Fields | null;
}

/** How one field is written and read. `read` returns `undefined` for a text that `write` never makes. */
export interface FieldCodec<T> {
  write(value: T): string;
  read(text: string): T | undefined;
}

type FieldsOf<Shape> = {
  readonly [K in keyof Shape]: Shape[K] extends FieldCodec<infer T> ? T : never;
};

/**
 * Describes a component's `custom_id`. The fields are written in the order of `shape`.
 *
 * @param name what the registry finds the component by; no colon in it
 */
export function customId<
  const Name extends string,
  Shape extends Record<string, FieldCodec<never> | FieldCodec<unknown>>,
>(name: Name, shape: Shape): CustomIdCodec<Name, FieldsOf<Shape>> {
  const entries = Object.entries(shape) as [string, FieldCodec<unknown>][];
  return {
    name,
    encode(fields) {
      const values: Readonly<Record<string, unknown>> = fields;
      const texts = entries.map(([key, field]) => escape(field.write(values[key])));
      const id = [VERSION, name, ...texts].join(SEPARATOR);
      if (id.length > CUSTOM_ID_MAX) {
        throw new RangeError(`The custom id of "${name}" has ${id.length} characters: ${id}`);
      }
      return id;
    },
    decode(texts) {
      if (texts.length !== entries.length) return null;
      const values: Record<string, unknown> = {};
      for (const [index, [key, field]] of entries.entries()) {
        const text = unescape(texts[index] ?? '');
        const value = text === null ? undefined : field.read(text);
        if (value === undefined) return null;
        values[key] = value;
      }
      return values as FieldsOf<Shape>;
    },
  };
}

/**
 * Takes a `custom_id` apart.
 *
 * @returns the component's name and its fields as written, or `null` when the text is of another
 *   version or not of this form: the message is older or newer than this program
 */
export function parseCustomId(
  text: string,
): { readonly name: string; readonly fields: readonly string[] } | null {
  const [version, name, ...fields] = text.split(SEPARATOR);
  if (version !== VERSION || name === undefined || name === '') return null;
  return { name, fields };
}

/** Any text. */
export const text: FieldCodec<string> = { write: (value) => value, read: (value) => value };

/** A text that may be missing; the empty text is the missing one. */
export const optionalText: FieldCodec<string | null> = {
  write: (value) => value ?? '',
  read: (value) => (value === '' ? null : value),
};

/** A Discord snowflake. */
export const snowflake: FieldCodec<string> = {
  write: (value) => value,
  read: (value) => (/^\d{1,20}$/.test(value) ? value : undefined),
};

/** A whole number from 0 up. */
export const count: FieldCodec<number> = {
  write: (value) => String(value),
  read: (value) => (/^\d{1,15}$/.test(value) ? Number(value) : undefined),
};

/** One of a few words, each written as a short code of its own. */
export function oneOf<const Word extends string>(
  codes: Readonly<Record<Word, string>>,
): FieldCodec<Word> {
  const words = new Map<string, Word>();
  for (const word of Object.keys(codes) as Word[]) words.set(codes[word], word);
  return { write: (word) => codes[word], read: (code) => words.get(code) };
}

/** Another field that may be missing. */
export function optional<T>(field: FieldCodec<T>): FieldCodec<T | null> {
  return {
    write: (value) => (value === null ? '' : field.write(value)),
    read: (value) => (value === '' ? null : field.read(value)),
  };
}

function escape(value: string): string {
  return value.replace(/[%:]/g, (character) => (character === '%' ? '%25' : '%3A'));
}

function unescape(value: string): string | null {
  if (/%(?!25|3A)/.test(value)) return null;
  return value.replace(/%3A/g, ':').replace(/%25/g, '%');
}
