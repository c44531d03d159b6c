import { cleanse, label } from '../text';
import { fit, within } from '../text/fit';

/** How much of a delivery is kept. Texts in UTF-16 code units, lists in entries. */
export const MOST = {
  line: 300,
  text: 4_000,
  url: 2_000,
  identity: 300,
  items: 50,
  /** As many as GitHub compares at once; a post shows far fewer, but filters and later pushes know them all. */
  commits: 250,
  paths: 1_000,
  authors: 50,
  fields: 25,
} as const;

const NO_REPLACEMENTS = new Map<number, string>();

/** Text from outside on one line, without what is invisible, cut with `…`. Not escaped: it is data. */
export const line = (text: string, max: number = MOST.line): string => label(text, { max });

/** The same on several lines. */
export function lines(text: string, max: number = MOST.text): string {
  const read = within(text, max);
  return fit(cleanse(read.text).trim(), NO_REPLACEMENTS, { max, whole: read.whole });
}

/**
 * An address that may become a link.
 *
 * @returns it as browsers write it; `null` for anything but http and https, for one with a password in it,
 *   and for one that is too long: half an address leads elsewhere
 */
export function webUrl(text: string): string | null {
  if (text.length > MOST.url || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username !== '' || url.password !== '') return null;
  return url.href.length > MOST.url ? null : url.href;
}
