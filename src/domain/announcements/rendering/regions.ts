import { escapes } from '../../text/escape';
import { fit } from '../../text/fit';
import { label } from '../../text';

/**
 * A filled template is our own text and an administrator's, with text from outside in between. It is escaped
 * as a whole, since signs of two texts can come together to what neither of them was; but only what came from
 * outside is changed. Until then two characters that no cleansed text has (Unicode's noncharacters) stand
 * around every text from outside.
 */
const OPEN = '\uFDD0';
const CLOSE = '\uFDD1';
const EDGES = /[\uFDD0\uFDD1]/g;

/**
 * How much of a filled template can matter for a result of `max` code units: what came from outside is cleansed
 * already, so that only blanks and edges are lost.
 */
function within(text: string, max: number): { readonly text: string; readonly whole: boolean } {
  const bound = 2 * max + 4_000;
  if (text.length <= bound) return { text, whole: true };
  return { text: text.slice(0, bound).replace(/[\uD800-\uDBFF]$/, ''), whole: false };
}

/** Marks a text as one from outside. In: cleansed text. */
export const outside = (text: string): string => (text === '' ? '' : `${OPEN}${text}${CLOSE}`);

/**
 * A filled template where Discord reads markup.
 *
 * @param text own text with texts from outside in it
 * @returns without anything that pings, at most `max` UTF-16 code units; what came from outside is shown as it
 *   was written and is no markup
 */
export function settled(text: string, max: number): string {
  const read = within(text, max);
  const { bare, isOutside, parts } = parted(read.text.replace(/\n{3,}/g, '\n\n').trim());
  const found = new Map<number, string>();
  for (const [index, sign] of escapes(bare)) {
    const character = bare.charAt(index);
    // Mentions are nobody's; else an administrator's marks are meant.
    const mention = character === '@';
    const joined = character === ':' && isOutside[index + 1] === true;
    if (isOutside[index] === true || mention || joined) found.set(index, sign);
  }
  for (const [start, end] of parts) {
    const part = bare.slice(start, end);
    // Behind an administrator's “- ” or “> ” a line begins once more.
    const lead = /^[\s\d#>+.-]*/.exec(part)?.[0].length ?? 0;
    for (const [index, sign] of escapes(part)) if (index < lead) found.set(start + index, sign);
    // An administrator's link or another address in front must not end within it.
    const isGlued = start > 0 && /\S/.test(bare.charAt(start - 1));
    const glued = isGlued ? (/^\S*/.exec(part)?.[0].length ?? 0) : 0;
    escapeAll(part, '<', end - start, start, found);
    escapeAll(part, '(', glued, start, found);
    escapeAll(part, ')', glued, start, found);
  }
  for (const [start, end] of linkWords(bare, isOutside)) {
    // What is an address elsewhere is none within the words of a link.
    for (let index = start; index < end; index += 1) {
      if (isOutside[index] === true && /[_~]/.test(bare.charAt(index))) {
        found.set(index, `\\${bare.charAt(index)}`);
      }
    }
  }
  return withoutHalf(fit(bare, found, { max, whole: read.whole }));
}

/** The same on one line. */
export const settledLine = (text: string, max: number): string =>
  settled(within(text, max).text.replace(/\s+/g, ' '), max);

/** A filled template where Discord reads no markup, on one line. */
export const settledLabel = (text: string, max: number): string =>
  label(within(text, max).text.replace(EDGES, ''), { max });

/** The text without the edges, which of it came from outside, and where each text from outside stands. */
function parted(text: string) {
  const isOutside: boolean[] = [];
  const parts: (readonly [number, number])[] = [];
  let bare = '';
  let depth = 0;
  let start = 0;
  for (const character of text.split('')) {
    if (character === OPEN) {
      if (depth === 0) start = bare.length;
      depth += 1;
    } else if (character === CLOSE) {
      depth -= 1;
      if (depth === 0) parts.push([start, bare.length]);
    } else {
      isOutside.push(depth > 0);
      bare += character;
    }
  }
  // It was too long, and cut within one.
  if (depth > 0) parts.push([start, bare.length]);
  return { bare, isOutside, parts };
}

/** Escapes a sign wherever it stands in the first `length` characters of a part that begins at `start`. */
function escapeAll(
  part: string,
  sign: string,
  length: number,
  start: number,
  found: Map<number, string>,
): void {
  for (let at = part.indexOf(sign); at >= 0 && at < length; at = part.indexOf(sign, at + 1)) {
    found.set(start + at, `\\${sign}`);
  }
}

/** From where to where an administrator's `[…](` has the words of a link. */
function linkWords(
  bare: string,
  isOutside: readonly boolean[],
): readonly (readonly [number, number])[] {
  const links: (readonly [number, number])[] = [];
  let opened = -1;
  for (let index = 0; index < bare.length; index += 1) {
    if (isOutside[index] === true) continue;
    if (bare.charAt(index) === '[') opened = index;
    if (bare.startsWith('](', index) && opened >= 0) {
      links.push([opened, index]);
      opened = -1;
    }
  }
  return links;
}

/** Built-in words are escaped already; where they were cut, half an escape may be left. */
const withoutHalf = (text: string): string =>
  text.replace(/(\\+)…$/, (all, { length }: string) =>
    length % 2 === 1 ? `${'\\'.repeat(length - 1)}…` : all,
  );
