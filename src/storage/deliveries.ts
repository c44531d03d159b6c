import { z } from 'zod';

/** A delivery as it came, without what proved it genuine: a reference to it is all that workflows are given. */
export interface KeptDelivery {
  /** Those that tell what the body is, by lower-case name; never a signature or a token. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /**
   * Identities of the items that are news in it; whatever else the body has is left alone. `null`: all may be.
   * Who polls a feed gets entries of years, and knows which are new.
   */
  readonly news: readonly string[] | null;
}

/** Where a source's deliveries are; each day has a folder of its own below it. */
export const deliveriesPrefix = (guildId: string, sourceId: string): string =>
  `deliveries/${guildId}/${sourceId}/`;

/** @param receivedAt milliseconds since the epoch */
export function deliveryKey(
  { guildId, sourceId }: { readonly guildId: string; readonly sourceId: string },
  deliveryId: string,
  receivedAt: number,
): string {
  const day = new Date(receivedAt).toISOString().slice(0, 10);
  return `${deliveriesPrefix(guildId, sourceId)}${day}/${deliveryId}`;
}

/** Where it is kept what its service told when it was asked for what the delivery leaves out. */
export const leftOutKey = (storageKey: string): string => `${storageKey}.left-out`;

/** All that may be kept of a delivery: it is last, so that whoever erases them in turn forgets none. */
export const keysOf = (storageKey: string): readonly string[] => [
  leftOutKey(storageKey),
  storageKey,
];

/** @returns the beginning of the day in whose folder it lies, in milliseconds since the epoch; `null`: it is no such key */
export function dayOfDelivery(key: string): number | null {
  const day = /^deliveries\/[^/]+\/[^/]+\/(\d{4}-\d{2}-\d{2})\/[^/]+$/.exec(key)?.[1];
  const at = Date.parse(`${day ?? ''}T00:00:00Z`);
  return Number.isNaN(at) ? null : at;
}

const head = z.object({
  version: z.literal(1),
  headers: z.record(z.string(), z.string()),
  query: z.record(z.string(), z.string()),
  news: z.array(z.string()).nullable(),
});

const NEW_LINE = 0x0a;

/** A line of JSON, then the bytes as they came. */
export function packDelivery({ body, ...rest }: KeptDelivery): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify({ version: 1, ...rest })}\n`), body]);
}

/** @throws ZodError or SyntaxError where these are no bytes of packDelivery */
export function unpackDelivery(bytes: Buffer): KeptDelivery {
  const end = bytes.indexOf(NEW_LINE);
  const { headers, query, news } = head.parse(JSON.parse(bytes.toString('utf8', 0, end)));
  return { headers, query, news, body: bytes.subarray(end + 1) };
}
