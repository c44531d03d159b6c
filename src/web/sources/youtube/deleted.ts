import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { line, MOST } from '../../../domain/announcements/bounds';
import { videoIdentity } from '../../../domain/announcements/identity';
import type { Video } from '../../../domain/announcements/item';
import { person, softList, time, url } from '../read';

const tombstone = z.object({
  '@_ref': z.string(),
  '@_when': z.string().optional().catch(undefined),
  link: z.object({ '@_href': z.string() }).optional().catch(undefined),
  by: z
    .object({ name: z.string().optional(), uri: z.string().optional() })
    .optional()
    .catch(undefined),
});
const document = z.object({ feed: z.object({ 'deleted-entry': softList(tombstone) }) });

/** Videos that are gone: Atom tombstones, RFC 6721. A text without any, or that cannot be read, has none. */
export function deletedVideos(text: string): readonly Video[] {
  if (!text.includes('deleted-entry')) return [];
  const parsed = document.safeParse(read(text));
  if (!parsed.success) return [];
  return parsed.data.feed['deleted-entry'].slice(0, MOST.items).flatMap((entry): Video[] => {
    const [, id] = /^yt:video:([\w-]{1,64})$/.exec(entry['@_ref']) ?? [];
    if (id === undefined) return [];
    const author = person(entry.by?.name, { url: entry.by?.uri ?? null });
    return [
      {
        kind: 'video',
        event: 'video',
        change: 'deleted',
        identity: videoIdentity('youtube', id),
        place: null,
        author,
        url: url(entry.link?.['@_href']),
        at: time(entry['@_when']),
        id: line(id),
        title: '',
        imageUrl: null,
      },
    ];
  });
}

function read(text: string): unknown {
  try {
    const parser = new XMLParser({
      ignoreAttributes: false,
      removeNSPrefix: true,
      processEntities: false,
      parseTagValue: false,
      isArray: (name) => name === 'deleted-entry',
    });
    const value: unknown = parser.parse(text);
    return value;
  } catch {
    return null;
  }
}
