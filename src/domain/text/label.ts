import { cleanseLine } from './cleanse';
import { fit, requireRoom, within } from './fit';
import type { Room } from './plain';

const NOTHING_TO_ESCAPE = new Map<number, string>();

/**
 * Text from outside where Discord renders no markup and knows no mentions, on one line: labels of
 * buttons, select options, titles of modals, footers and author names of embeds, audit-log reasons.
 * Only what is invisible goes. Applying it twice changes nothing.
 *
 * In: any string. Out: at most `max` UTF-16 code units. Throws RangeError for an impossible `max`.
 */
export const label = (text: string, { max, empty = '' }: Room): string => {
  requireRoom(max);
  const read = within(text, max);
  const clean = cleanseLine(read.text);
  return clean === '' ? empty : fit(clean, NOTHING_TO_ESCAPE, { max, whole: read.whole });
};
