import { cleanseLine, cleanseLines } from './cleanse';
import { escapes } from './escape';
import { fit, requireRoom, within } from './fit';

/** How much room a text has, and what to show when nothing visible is left of it. */
export interface Room {
  /** The most UTF-16 code units of the result, escapes included; a whole number of at least 1. */
  readonly max: number;
  /** Shown instead of nothing; our own text, not escaped. The default is the empty string. */
  readonly empty?: string;
}

const shown = (
  text: string,
  { max, empty = '' }: Room,
  cleansed: (text: string) => string,
): string => {
  requireRoom(max);
  const read = within(text, max);
  const clean = cleansed(read.text);
  if (clean === '') return empty;
  return fit(clean, escapes(clean), { max, whole: read.whole });
};

/**
 * Text from outside as data of several lines in a message's content, an embed's description or a
 * field's value. It pings nobody, is shown as it was written and looks like no markup of ours.
 * Applied once, where the message is made: a second time would show the backslashes.
 *
 * In: any string. Out: at most `max` UTF-16 code units. Throws RangeError for an impossible `max`.
 */
export const plain = (text: string, room: Room): string => shown(text, room, cleanseLines);

/**
 * The same on one line: names, titles, list entries.
 *
 * In: any string. Out: at most `max` UTF-16 code units without a line end. Throws RangeError for an
 * impossible `max`.
 */
export const inline = (text: string, room: Room): string => shown(text, room, cleanseLine);
