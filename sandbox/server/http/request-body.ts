import type { IncomingMessage } from 'node:http';
import busboy from '@fastify/busboy';
import type { JsonObject } from '../../world/model';
import { discordError } from '../../rules/errors';

/** Discord's own limit of a whole request without boosts, a little rounded up, in bytes. */
const MOST_BYTES = 26 * 1024 * 1024;

/** One file of a guild without boosts: what interactions name as `attachment_size_limit`. */
const MOST_FILE_BYTES = 10_485_760;

/** A file of a multipart request. */
export interface UploadedFile {
  /** The n of `files[n]`. */
  index: number;
  filename: string;
  contentType: string;
  data: Buffer;
}

export interface RequestBody {
  /** The JSON, or `payload_json`; undefined for an empty body. */
  json: unknown;
  files: UploadedFile[];
}

/**
 * Reads a request's body: JSON, or multipart with `payload_json` and `files[n]`.
 * @throws DiscordError for broken JSON (50109) and for too much of it (40005)
 */
export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return readMultipart(request, type);
  const data = await readAll(request);
  if (data.length === 0) return { json: undefined, files: [] };
  return { json: parse(data.toString('utf8')), files: [] };
}

function readAll(request: IncomingMessage): Promise<Buffer> {
  if (request.headers['content-length'] === '0') {
    request.resume();
    return Promise.resolve(Buffer.alloc(0));
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MOST_BYTES) chunks.push(chunk);
    });
    request.on('end', () => {
      if (size > MOST_BYTES) reject(discordError('requestEntityTooLarge'));
      else resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    request.on('error', reject);
  });
}

function readMultipart(request: IncomingMessage, type: string): Promise<RequestBody> {
  return new Promise((resolve, reject) => {
    const parser = busboy({
      headers: { ...request.headers, 'content-type': type },
      limits: { fileSize: MOST_BYTES, fieldSize: 1024 * 1024 },
    });
    const files: UploadedFile[] = [];
    const fields: JsonObject = {};
    let payload: string | undefined;
    let count = 0;
    parser.on('field', (name, value) => {
      if (name === 'payload_json') payload = value;
      else fields[name] = value;
    });
    parser.on('file', (name, stream, filename, _encoding, contentType) => {
      const chunks: Buffer[] = [];
      const index = Number(/^files\[(\d+)\]$/.exec(name)?.[1] ?? count);
      count += 1;
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        files.push({ index, filename, contentType, data: Buffer.concat(chunks) });
      });
    });
    parser.on('finish', () => {
      if (files.some((file) => file.data.length > MOST_FILE_BYTES)) {
        reject(discordError('requestEntityTooLarge'));
        return;
      }
      try {
        resolve({ json: payload === undefined ? fields : parse(payload), files });
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    parser.on('error', () => {
      reject(discordError('invalidJson'));
    });
    request.pipe(parser);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw discordError('invalidJson');
  }
}
