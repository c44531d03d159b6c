import type { Language } from '../../language/languages';

/** Addresses of the public pages. Slugs and ids of servers are plain words, and encoded nevertheless. */

const word = encodeURIComponent;

export const pagePath = (slug: string): string => `/status/${word(slug)}`;
export const dataPath = (slug: string): string => `/status/${word(slug)}.json`;
export const feedPath = (slug: string): string => `/status/${word(slug)}.rss`;
export const cardPath = (slug: string): string => `/status/${word(slug)}/card.png`;
export const serverPath = (slug: string, server: string): string =>
  `/status/${word(slug)}/${word(server)}`;
export const badgePath = (slug: string, server: string): string =>
  `/status/${word(slug)}/badge/${word(server)}.svg`;
export const chartPath = (
  slug: string,
  server: string,
  chart: string,
  query: {
    readonly range: string;
    readonly size: string;
    readonly theme: string;
    readonly lang: Language;
  },
): string =>
  `/status/${word(slug)}/${word(server)}/charts/${chart}.svg?${new URLSearchParams({ ...query }).toString()}`;

/** A path in a language that was asked for by `?lang=`; further parameters as given. */
export function withQuery(path: string, query: Readonly<Record<string, string | null>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null) search.set(name, value);
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}
