import { plain } from '../../text';

/**
 * A text that somebody wrote in Markdown and HTML, as GitHub, GitLab and Bitbucket take it, as what a reader
 * would see of it. Nothing of it is handed on as markup: its signs are taken away where that is simple, and
 * what is left is escaped like any other text from outside.
 *
 * @returns at most `max` UTF-16 code units
 */
export function prose(text: string, max: number): string {
  return plain(readable(text), { max });
}

const MOST_READ = 4_000;

const STEPS: readonly (readonly [RegExp, string])[] = [
  [/<!--(?:(?!-->)[^])*-->/g, ''],
  [/^[^\S\n]*```[^\n]*$/gm, ''],
  // HTML, but not an address between angle brackets.
  [/<(?!https?:)\/?[A-Za-z][^<>]*>/g, ''],
  // Pictures say nothing here; of links the words are kept.
  [/!\[[^[\]\n]*\]\([^()\s]*(?:\s"[^"\n]*")?\)/g, ''],
  [/\[([^[\]\n]+)\]\([^()\s]*(?:\s"[^"\n]*")?\)/g, '$1'],
  [/^[^\S\n]*#{1,6}[^\S\n]+/gm, ''],
  [/^([^\S\n]*)[*+-][^\S\n]+(?:\[[ xX]\][^\S\n]+)?/gm, '$1• '],
  [/\*\*(?=\S)([^*\n]+)\*\*/g, '$1'],
  [/__(?=\S)([^_\n]+)__/g, '$1'],
  [/`([^`\n]+)`/g, '$1'],
];

/** The same, not yet escaped. */
export const readable = (text: string): string =>
  STEPS.reduce((rest, [pattern, by]) => rest.replace(pattern, by), text.slice(0, MOST_READ));
