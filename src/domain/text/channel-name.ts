import { cleanseLine } from './cleanse';
import { within } from './fit';

/** https://docs.discord.com/developers/resources/channel: a name has 1 to 100 characters. */
const MOST = 100;

const cutAtGrapheme = (text: string, max: number): string => {
  if (text.length <= max) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('und').segment(text)) {
    if (kept.length + segment.length > max) break;
    kept += segment;
  }
  return kept;
};

/**
 * Text from outside as the name of a text channel: lower case, letters of any script with their
 * marks, digits, `-` and `_`; everything else becomes one `-`.
 *
 * In: any string, and what to take when no letter or digit is left (a valid name; default
 * `channel`). Out: 1 to 100 UTF-16 code units. Applying it twice changes nothing.
 */
export const channelName = (text: string, fallback = 'channel'): string => {
  const name = cleanseLine(within(text, MOST).text)
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/(?:(?![-_])[^\p{L}\p{N}\p{M}]|(?<![\p{L}\p{N}\p{M}])\p{M}+)+/gu, '-')
    .replace(/-{2,}/g, '-');
  const trimmed = cutAtGrapheme(name.replace(/^-+/, ''), MOST).replace(/-+$/, '');
  return /[\p{L}\p{N}]/u.test(trimmed) ? trimmed : fallback;
};
