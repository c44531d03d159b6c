import { cleanseLines } from './cleanse';
import { codeReplacements } from './escape';
import { fit, requireRoom, within } from './fit';

const OPEN = '```\n';
const CLOSE = '\n```';
const FENCES = OPEN.length + CLOSE.length;

/**
 * Text from outside as a fenced block that it cannot break out of: logs, stack traces, JSON.
 *
 * In: any string. Out: the block with its fences, at most `max` UTF-16 code units (at least 9).
 * Three and more backticks become `ˋ`, and an @ that could ping becomes `＠`, because nothing can be
 * escaped in a block. Throws RangeError for a `max` in which no block fits.
 */
export const codeBlock = (text: string, { max }: { readonly max: number }): string => {
  requireRoom(max, FENCES + 1);
  const room = max - FENCES;
  const read = within(text, room);
  const clean = cleanseLines(read.text);
  // Discord shows an empty block as six backticks.
  const inside =
    clean === '' ? ' ' : fit(clean, codeReplacements(clean), { max: room, whole: read.whole });
  return `${OPEN}${inside}${CLOSE}`;
};
