import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Context } from 'koa';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** An answer as it is sent: made once, sent any number of times. */
export interface Answer {
  readonly type: string;
  /** Of the content, whatever it is encoded as: weak, RFC 9110, section 8.8.1. */
  readonly etag: string;
  readonly plain: Buffer;
  /** Absent where compressing does not make it smaller. */
  readonly gzip?: Buffer;
  readonly brotli?: Buffer;
}

/** Below this nothing is gained by compressing (bytes). */
const SMALL = 500;

/**
 * Prepares an answer: its tag and, for text, its compressed forms. They are made outside of the event loop.
 *
 * @param quality of brotli, 1 to 11: 5 for what is made anew every few seconds
 * @param before the answer until now: the same content is not compressed again
 */
export async function prepared(
  content: string | Buffer,
  type: string,
  quality = 5,
  before?: Answer,
): Promise<Answer> {
  const plain = typeof content === 'string' ? Buffer.from(content) : content;
  const etag = `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  if (before?.etag === etag && before.type === type) return before;
  const answer = { type, etag, plain };
  if (typeof content !== 'string' || plain.length < SMALL) return answer;
  const [small, smaller] = await Promise.all([
    zip(plain),
    brotli(plain, {
      params: {
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_QUALITY]: quality,
        [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
      },
    }),
  ]);
  return { ...answer, gzip: small, brotli: smaller };
}

/** How many bytes an answer holds in memory. */
export const sizeOf = ({ plain, gzip: small, brotli: smaller }: Answer): number =>
  plain.length + (small?.length ?? 0) + (smaller?.length ?? 0);

/** Sends an answer in the form that the visitor reads, or 304 if it is the one that the visitor has. */
export function send(context: Context, answer: Answer, cacheControl: string): void {
  context.status = 200;
  context.set('ETag', answer.etag);
  context.set('Cache-Control', cacheControl);
  if (answer.brotli !== undefined) context.vary('Accept-Encoding');
  if (isHeld(context.get('If-None-Match'), answer.etag)) {
    context.status = 304;
    return;
  }
  const [encoding, body] = encoded(context, answer);
  if (encoding !== undefined) context.set('Content-Encoding', encoding);
  context.type = answer.type;
  context.body = body;
}

/**
 * Whether the visitor has this answer: weak comparison, RFC 9110, section 13.1.2. A request's `no-cache`
 * does not matter here: it is for caches on the way, and we are where the answer is made.
 */
function isHeld(held: string, etag: string): boolean {
  if (held === '') return false;
  const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');
  return held.split(',').some((tag) => opaque(tag) === opaque(etag) || tag.trim() === '*');
}

function encoded(context: Context, answer: Answer): readonly [string | undefined, Buffer] {
  const { brotli: smaller, gzip: small, plain } = answer;
  if (smaller === undefined || small === undefined) return [undefined, plain];
  switch (context.acceptsEncodings('br', 'gzip', 'identity')) {
    case 'br':
      return ['br', smaller];
    case 'gzip':
      return ['gzip', small];
    default:
      return [undefined, plain];
  }
}
