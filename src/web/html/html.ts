/**
 * Markup by a tagged template that escapes: whatever is put into it is text, unless it is itself made by
 * the template. There is no way to mark a text from outside as markup. Why our own: docs/adr/0007.
 */

/** Finished markup. Only `html` makes it. */
export class Html {
  /** Not to be called with anything but a template's own output; `html` is the only place that does. */
  private constructor(readonly text: string) {}

  static of(strings: TemplateStringsArray, values: readonly Value[]): Html {
    let text = strings[0] ?? '';
    for (let index = 0; index < values.length; index += 1) {
      text += shown(values[index]) + (strings[index + 1] ?? '');
    }
    return new Html(text);
  }

  toString(): string {
    return this.text;
  }
}

/** What may stand in a template: `false`, `null` and `undefined` show nothing, lists all of their items. */
export type Value = string | number | Html | false | null | undefined | readonly Value[];

/**
 * Markup from a template. Values are escaped for text and for attributes in double quotes; do not put
 * them anywhere else (names of elements and attributes, `<script>`, `<style>`, attributes without quotes).
 */
export const html = (strings: TemplateStringsArray, ...values: readonly Value[]): Html =>
  Html.of(strings, values);

const SPECIAL = /[&<>"']/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/**
 * What XML 1.0 cannot hold at all, escaped or not (https://www.w3.org/TR/xml/#charsets): feeds and badges
 * are made by the same template.
 */
const IMPOSSIBLE = /(?![\t\n\r])[\p{Cc}\p{Surrogate}\uFFFE\uFFFF]/gu;

/** Text as it stands in HTML, XML and SVG, in content and in quoted attributes. */
export const escapeMarkup = (text: string): string =>
  text.replace(IMPOSSIBLE, '').replace(SPECIAL, (character) => ESCAPES[character] ?? '');

function shown(value: Value): string {
  if (value === undefined || value === null || value === false) return '';
  if (typeof value === 'string') return escapeMarkup(value);
  if (typeof value === 'number') return String(value);
  if (value instanceof Html) return value.text;
  let text = '';
  for (const item of value) text += shown(item);
  return text;
}
