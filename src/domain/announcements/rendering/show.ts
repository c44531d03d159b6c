import { inline, label } from '../../text';

/** Makes a text from outside fit to be shown on one line in at most `max` UTF-16 code units. */
export type Show = (text: string, max: number) => string;

/**
 * Where Discord reads markup: titles, links' words, lines of a description. An address is no link there, since
 * a link within a link's words would end it: it loses its scheme.
 */
export const marked: Show = (text, max) => inline(withoutSchemes(text), { max });

/** Where it reads none: a thread's name. */
export const bare: Show = (text, max) => label(text, { max });

const SCHEME = /https?:\/\//g;

export function withoutSchemes(text: string): string {
  let rest = text;
  // What is left over may have become a scheme itself.
  while (rest.search(SCHEME) >= 0) rest = rest.replace(SCHEME, '');
  return rest;
}

/** Longer ones cost a post more of its room than they are worth. */
const LONGEST_LINK = 400;

/** @param words already fit to be shown */
export function link(words: string, url: string | null): string {
  if (url === null || words === '') return words;
  const address = encoded(url);
  return address.length > LONGEST_LINK ? words : `[${words}](${address})`;
}

/**
 * An address that ends no link and is no markup. Percent-encoded it is the same address (RFC 3986, section
 * 2.1).
 */
export const encoded = (url: string): string =>
  url.replace(
    /[()[\]<>{}*~|`^"\\\s]|@(?=everyone|here)/gi,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );

/**
 * Discord refuses a whole message for an embed's address whose host has no dot, or signs that no domain has:
 * https://github.com/discord-jda/JDA/issues/699, https://github.com/discordjs/discord.js/issues/7438.
 */
export function embeddable(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(new URL(url).hostname) ? url : null;
}
