/**
 * The first half of the text policy: which characters of a text from outside are kept at all.
 * What is dangerous is invisible (it hides, reorders or fakes what a person reads); what is kept is
 * everything that a language or an emoji needs. Markup is the second half: see escape.ts.
 */

/** Scripts whose letters change shape or meaning with a zero-width joiner or non-joiner between them. */
const JOINING_SCRIPTS = [
  ...['Arab', 'Syrc', 'Mong', 'Nkoo', 'Mand', 'Rohg', 'Adlm', 'Deva', 'Beng', 'Guru', 'Gujr'],
  ...['Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh', 'Mymr', 'Khmr', 'Tibt', 'Java', 'Bali'],
]
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join('');
const JOINABLE = `(?=[\\p{L}\\p{M}])(?!\\p{Default_Ignorable_Code_Point})[${JOINING_SCRIPTS}]`;

/** Invisible characters that are meant to be there. Whatever this does not match is removed. */
const WANTED = [
  // The three flags that are spelt with tag characters: England, Scotland, Wales (RGI, UTS #51).
  '(?<=\\u{1F3F4})\\u{E0067}\\u{E0062}(?:\\u{E0065}\\u{E006E}\\u{E0067}|\\u{E0073}\\u{E0063}\\u{E0074}|\\u{E0077}\\u{E006C}\\u{E0073})\\u{E007F}',
  // Text or emoji presentation of a pictograph, and keycaps such as 1️⃣.
  '(?<=\\p{Extended_Pictographic})(?:\\uFE0E|\\uFE0F)',
  '(?<=[0-9#*])\\uFE0F(?=\\u20E3)',
  // Families, professions, the rainbow flag: pictographs joined to one emoji.
  '(?<=\\p{Extended_Pictographic}|\\p{Extended_Pictographic}\\uFE0F|\\p{Emoji_Modifier})\\u200D(?=\\p{Extended_Pictographic})',
  // Persian, Hindi, Bengali and their like.
  `(?<=${JOINABLE})[\\u200C\\u200D](?=${JOINABLE})`,
  // Mongolian: variants and the vowel separator.
  '(?<=(?=\\p{L})\\p{Script=Mongolian})(?:\\u180B|\\u180C|\\u180D|\\u180F)',
  '(?<=(?=\\p{L})\\p{Script=Mongolian})\\u180E(?=(?=\\p{L})\\p{Script=Mongolian})',
].join('|');

/**
 * Default_Ignorable covers zero-width and direction characters, joiners, tags, variation selectors,
 * soft hyphens and Hangul fillers (UAX #44); the rest has no glyph either.
 */
const INVISIBLE =
  '(?:[\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}\\uFFF9-\\uFFFB]|\\u{1D159}|\\u{16FE4})';
const WANTED_OR_INVISIBLE = new RegExp(`(${WANTED})|${INVISIBLE}`, 'gu');

/** The invisible characters that no neighbour can make wanted; they go first, so that they are no neighbours. */
const PERHAPS_WANTED = [
  ...['\\u200C', '\\u200D', '\\uFE0E', '\\uFE0F'],
  ...['\\u180B', '\\u180C', '\\u180D', '\\u180E', '\\u180F', '[\\u{E0060}-\\u{E007F}]'],
].join('|');
const NEVER_WANTED = new RegExp(`(?!${PERHAPS_WANTED})${INVISIBLE}`, 'gu');

const LONE_SURROGATE = /\p{Surrogate}/gu;
const LINE_END = /\r\n|[\r\u0085\u2028\u2029]/g;
const BLANK = /[\t\u2800]/g;
const CONTROL = /(?!\n)\p{Cc}/gu;

/** More marks on one letter than any orthography uses are there to paint over other lines. */
const MOST_MARKS = 8;
const STACKED_MARKS = new RegExp(
  `((?:\\p{M}|\\u200C|\\u200D){${MOST_MARKS}})(?:\\p{M}|\\u200C|\\u200D)+`,
  'gu',
);

/** A mark without a letter before it would sit on the last character of our own text. */
const MARK_WITHOUT_BASE = /(?<=^|\s)(?=\p{M})/gu;
const DOTTED_CIRCLE = '\u25CC';

/**
 * Removes what cannot be seen and limits what piles up.
 *
 * In: any string. Out: well-formed Unicode in NFC whose only control character is `\n`, without
 * direction-changing or zero-width characters (joiners stay inside emoji and between letters of
 * scripts that need them), at most eight combining marks in a row. Applying it twice changes
 * nothing. Never throws.
 */
export const cleanse = (text: string): string =>
  text
    .replace(LONE_SURROGATE, '\uFFFD')
    .replace(LINE_END, '\n')
    .replace(BLANK, ' ')
    .replace(CONTROL, '')
    .replace(NEVER_WANTED, '')
    .normalize('NFC')
    .replace(STACKED_MARKS, '$1')
    .replace(WANTED_OR_INVISIBLE, (_, wanted: string | undefined) => wanted ?? '')
    .normalize('NFC')
    .replace(MARK_WITHOUT_BASE, DOTTED_CIRCLE);

/** Cleansed text of several lines: no trailing blanks, no blank edges, at most one blank line in a row. */
export const cleanseLines = (text: string): string =>
  cleanse(text)
    .replace(/(?<![^\S\n])[^\S\n]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');

/** Cleansed text on one line: a line end or a run of blanks is one space; edges are trimmed. */
export const cleanseLine = (text: string): string =>
  cleanse(text)
    .replace(/\s+/g, (blanks) => (blanks.length > 1 || blanks === '\n' ? ' ' : blanks))
    .trim();
