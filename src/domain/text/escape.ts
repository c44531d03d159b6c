/**
 * The second half of the text policy: markup that Discord would act on becomes text that it shows.
 * A backslash before a punctuation mark makes Discord show that mark as it is; the reader sees the
 * text that was written.
 */

/** A replacement of one character of a text, by its index in UTF-16 code units. */
export type Replacements = ReadonlyMap<number, string>;

const anyCase = (word: string): string =>
  word.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
const EVERYBODY = `(?:${anyCase('everyone')}|${anyCase('here')})`;

/** Looks like the sign it stands in for and pings nobody; a backslash would not stop the ping. */
const FULLWIDTH_AT = '\uFF20';

/**
 * A plain web address with nothing in it that could be read as markup across the address's end.
 * Discord takes the whole of it as a link and does not look for markup inside, so a backslash would
 * break the link.
 */
const ADDRESS = `https?:\\/\\/[A-Za-z0-9](?:[A-Za-z0-9.\\-]*[A-Za-z0-9])?(?::\\d{1,5})?(?![\\w.\\-])(?:[\\/?#](?:[\\w\\-./?#!$&'(),;:+=%~]|@(?!${EVERYBODY}))*)?`;

/**
 * What Discord reads as markup (https://docs.discord.com/developers/reference#message-formatting
 * and the client's Markdown): one alternative a kind, the first that fits wins.
 */
const MARKUP = new RegExp(
  [
    `(?<address>${ADDRESS})`,
    `(?<everybody>@(?=${EVERYBODY}))`,
    // Headings, quotes, lists and small print, where they begin a line.
    '^[^\\S\\n]*(?<block>#+(?=\\s|$)|>+|[-+](?=[#\\s]|$))',
    '^[^\\S\\n]*\\d+(?<listPoint>\\.(?=\\s|$))',
    // <@1>, <@&1>, <#1>, <:name:1>, </name:1>, and <t:1>, <a:name:1>, <id:guide>, <mailto:…>.
    '(?<=<)(?<entity>[@#:\\/])',
    '(?<=<[A-Za-z]{1,16})(?<entityName>:)',
    '(?<shortcode>:)(?=[\\w+\\-]{0,32}[A-Za-z][\\w+\\-]{0,32}:|\\d{3,4}:|[+\\-]\\d:)',
    '(?<mark>[\\\\*_~`|[\\]])',
  ].join('|'),
  'gm',
);

/** Where a text must change so that Discord shows it instead of acting on it. In: cleansed text. */
export const escapes = (text: string): Replacements => {
  const found = new Map<number, string>();
  for (const match of text.matchAll(MARKUP)) {
    const groups = match.groups ?? {};
    if (groups.address !== undefined) continue;
    if (groups.everybody !== undefined) {
      found.set(match.index, FULLWIDTH_AT);
      continue;
    }
    // What stands before the marks in the match (an indent, a list's number) stays as it is.
    const marks = groups.block ?? groups.listPoint ?? match[0];
    const end = match.index + match[0].length;
    for (let index = end - marks.length; index < end; index += 1) {
      found.set(index, `\\${text.charAt(index)}`);
    }
  }
  return found;
};

/** A fence cannot be escaped inside of a fence, so its marks are exchanged for ones that look alike. */
const FENCE = /`{3,}/g;
const MODIFIER_GRAVE = '\u02CB';
const PING_IN_CODE = new RegExp(`(?<=<)@|@(?=${EVERYBODY})`, 'g');

/** Where a text must change inside of a fenced block, in which backslashes are shown. In: cleansed text. */
export const codeReplacements = (text: string): Replacements => {
  const found = new Map<number, string>();
  for (const { 0: fence, index } of text.matchAll(FENCE)) {
    for (let offset = 0; offset < fence.length; offset += 1) {
      found.set(index + offset, MODIFIER_GRAVE);
    }
  }
  for (const { index } of text.matchAll(PING_IN_CODE)) found.set(index, FULLWIDTH_AT);
  return found;
};
