import type { Replacements } from './escape';

export const ELLIPSIS = '…';

/**
 * No text is read further than this many times its room: a sender cannot make us work on megabytes
 * that nobody will see, and it is room enough for letters with all their marks.
 */
const READ_AHEAD = 16;
const READ_AT_LEAST = 4096;

/** The part of a text that can matter for a result of `max` code units, and whether that is all of it. */
export const within = (text: string, max: number): { text: string; whole: boolean } => {
  const bound = max * READ_AHEAD + READ_AT_LEAST;
  if (text.length <= bound) return { text, whole: true };
  return { text: text.slice(0, bound).replace(/[\uD800-\uDBFF]$/, ''), whole: false };
};

const rendered = (text: string, from: number, to: number, replacements: Replacements): string => {
  let result = '';
  for (let index = from; index < to; index += 1) {
    result += replacements.get(index) ?? text.charAt(index);
  }
  return result;
};

/**
 * Applies replacements and cuts what is too long, with `…`, between two graphemes, so that neither a
 * letter nor an escape is cut in half.
 *
 * In: a text, replacements by index, the most UTF-16 code units the result may have (at least 1),
 * and whether the text was already shortened. Out: at most `max` code units.
 */
export const fit = (
  text: string,
  replacements: Replacements,
  { max, whole }: { max: number; whole: boolean },
): string => {
  const all = rendered(text, 0, text.length, replacements);
  if (whole && all.length <= max) return all;
  const room = max - ELLIPSIS.length;
  let kept = '';
  for (const { segment, index } of new Intl.Segmenter('und').segment(text)) {
    const piece = rendered(text, index, index + segment.length, replacements);
    if (kept.length + piece.length > room) break;
    kept += piece;
  }
  return `${kept.trimEnd()}${ELLIPSIS}`;
};

/** Refuses a length that no result can have; this is a mistake of the caller, never of the text. */
export const requireRoom = (max: number, least = 1): void => {
  if (!Number.isInteger(max) || max < least) {
    throw new RangeError(`max must be a whole number of at least ${least}, not ${max}`);
  }
};
