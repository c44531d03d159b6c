/** Feeds name their hub in the answer's header or in themselves: W3C WebSub, section 4. */

export interface Discovered {
  readonly hub: string;
  /** What the hub calls the feed; `null`: the feed does not say. */
  readonly self: string | null;
}

/** So much of a feed is looked through: its own links stand before its entries. */
const MOST_LOOKED_THROUGH = 50_000;

/**
 * @param linkHeader `Link`, as Node gives it
 * @returns `null`: it names none
 */
export function discoverHub(text: string, linkHeader: string | undefined): Discovered | null {
  const links = [...headerLinks(linkHeader ?? ''), ...feedLinks(text)];
  const hub = links.find(({ rel }) => rel.includes('hub'))?.href;
  if (hub === undefined) return null;
  return { hub, self: links.find(({ rel }) => rel.includes('self'))?.href ?? null };
}

interface Link {
  readonly href: string;
  readonly rel: readonly string[];
}

/** RFC 8288: `<https://hub.example/>; rel="hub", …`. */
function headerLinks(header: string): readonly Link[] {
  return [...header.slice(0, 8_000).matchAll(/<([^<>]{1,2000})>([^<]*)/g)].flatMap(
    ([, href = '', parameters = '']) => {
      const [, quoted, bare] = /;\s*rel=(?:"([^"]*)"|([^\s;,]+))/i.exec(parameters) ?? [];
      const rel = quoted ?? bare;
      return rel === undefined ? [] : [{ href, rel: words(rel) }];
    },
  );
}

/** `<link rel="hub" href="…"/>`, with or without a name space before it. */
function feedLinks(text: string): readonly Link[] {
  const looked = text.slice(0, MOST_LOOKED_THROUGH);
  const entries = looked.search(/<(?:item|entry)[\s>]/);
  const head = entries === -1 ? looked : looked.slice(0, entries);
  return [...head.matchAll(/<(?:[\w-]{1,20}:)?link\s([^<>]{1,2000})>/gi)].flatMap(
    ([, attributes = '']) => {
      const rel = attribute(attributes, 'rel');
      const href = attribute(attributes, 'href');
      return rel === null || href === null ? [] : [{ href, rel: words(rel) }];
    },
  );
}

function attribute(attributes: string, name: string): string | null {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(
    attributes,
  );
  const value = found?.[1] ?? found?.[2];
  return value === undefined ? null : value.replaceAll('&amp;', '&');
}

const words = (rel: string): readonly string[] => rel.toLowerCase().split(/\s+/);
