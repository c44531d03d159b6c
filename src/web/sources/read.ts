import { z } from 'zod';
import { malformed, type Delivery, type Malformed } from '../../domain/announcements/delivery';
import { line, webUrl } from '../../domain/announcements/bounds';
import type { Person } from '../../domain/announcements/item';

/**
 * What is optional in a service's documentation: absent, `null` and of another type than documented are all
 * `null`. Services change such things without a word, and an announcement must not wait for us to notice.
 */
export const soft = <Schema extends z.ZodType>(schema: Schema) =>
  schema
    .nullish()
    .catch(null)
    .transform((value) => value ?? null);

const someList = z.custom<readonly unknown[]>(Array.isArray);
const anyList = someList.nullish().catch(null);

/**
 * More entries are in no list that a service documents: so many commits GitHub tells at most, and leaves the
 * others out without a word.
 */
export const MOST_ENTRIES = 2_048;

const readable =
  <Schema extends z.ZodType>(entry: Schema) =>
  (list: readonly unknown[] | null | undefined): readonly z.output<Schema>[] =>
    (list ?? []).slice(-MOST_ENTRIES).flatMap((told) => {
      const parsed = entry.safeParse(told);
      return parsed.success ? [parsed.data] : [];
    });

/** A list, of which the last entries are read; those that are not as documented are left out. */
export const softList = <Schema extends z.ZodType>(entry: Schema) =>
  anyList.transform(readable(entry));

/** The same, where nothing can be told without a list. */
export const list = <Schema extends z.ZodType>(entry: Schema) =>
  someList.transform(readable(entry));

/** The texts of a list, however many: file names. */
export const softTexts = anyList.transform((told) =>
  (told ?? []).filter((text) => typeof text === 'string'),
);

/** Numbers and texts that name something, as text. */
export const name = z
  .union([z.string().min(1), z.number().int()])
  .transform((value) => String(value));

/** @returns milliseconds since the epoch; `null` for what is no time */
export function time(text: string | number | null | undefined): number | null {
  if (text === null || text === undefined) return null;
  const at = typeof text === 'number' ? text * 1_000 : Date.parse(text);
  return Number.isSafeInteger(at) && Math.abs(at) <= 8.64e15 ? at : null;
}

export const url = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : webUrl(text);

/** A text as a part of an address. JSON may hold half of a surrogate pair, which no address can: it is replaced. */
export const addressPart = (text: string): string =>
  encodeURIComponent(Buffer.from(text).toString());

/** @returns `null` without a name that can be shown */
export function person(
  shown: string | null | undefined,
  more: { readonly url?: string | null; readonly avatarUrl?: string | null } = {},
): Person | null {
  const text = line(shown ?? '', 100);
  if (text === '') return null;
  return { name: text, url: url(more.url), avatarUrl: url(more.avatarUrl) };
}

/** The first line of a commit's message. */
export const firstLine = (message: string): string =>
  line(message.trimStart().split('\n', 1)[0] ?? '');

export type Read<Value> = { readonly value: Value } | { readonly malformed: Malformed };

/** @returns the JSON value of a body in UTF-8 */
export function readJson(body: Buffer | string): Read<unknown> {
  try {
    const text =
      typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body);
    const value: unknown = JSON.parse(text);
    return { value };
  } catch {
    return { malformed: malformed('body', 'The body is not JSON in UTF-8.', '{ "key": "value" }') };
  }
}

/**
 * Reads a value by its schema.
 *
 * @param example what would be right, by path; what is not in it is said of the whole body
 */
export function readAs<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  example: Readonly<Record<string, string>>,
): Read<z.output<Schema>> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data };
  const [issue] = parsed.error.issues;
  const path = issue?.path.join('.') ?? '';
  const field = path === '' ? 'body' : line(path, 100);
  const kind = path === '' ? 'an object' : 'what the documentation says';
  return {
    malformed: malformed(
      field,
      `“${field}” is missing, or is not ${kind}.`,
      example[path] ?? example['body'] ?? '{ … }',
    ),
  };
}

export type Reader = (value: unknown) => Delivery;

/** @param news what follows from a payload that is as its schema says */
export const readerOf =
  <Schema extends z.ZodType>(
    schema: Schema,
    example: Readonly<Record<string, string>>,
    news: (told: z.output<Schema>) => Delivery,
  ): Reader =>
  (value) => {
    const read = readAs(schema, value, example);
    return 'value' in read ? news(read.value) : read.malformed;
  };
