import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import { ProblemError } from './problem';

/**
 * The bytes of a request's body as they came: a signature is over them, not over what they mean.
 *
 * @param most bytes
 * @throws ProblemError 413 for a longer one, 415 for another type than JSON or a compressed one, 400 for one
 *   that breaks off
 */
export async function rawJsonBody(context: Context, most: number): Promise<Buffer> {
  if (context.is('application/json') !== 'application/json') {
    throw new ProblemError({
      status: 415,
      detail: 'The body must be JSON, with the header Content-Type: application/json.',
    });
  }
  if (context.get('Content-Encoding') !== '') {
    throw new ProblemError({ status: 415, detail: 'The body must not be compressed.' });
  }
  if (Number(context.get('Content-Length')) > most) throw tooLong(context, most);
  const body = await read(context.req, most);
  if (body === null) throw tooLong(context, most);
  return body;
}

/** @returns the JSON value @throws ProblemError 400 */
export function parseJson(body: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // The parser's own words quote the text.
    throw new ProblemError({ status: 400, detail: 'The body is not JSON in UTF-8.' });
  }
}

/** @returns `null`: it is too long */
function read(request: IncomingMessage, most: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    const take = (part: Buffer): void => {
      length += part.length;
      if (length > most) {
        end();
        resolve(null);
      } else parts.push(part);
    };
    const finish = (): void => {
      end();
      resolve(Buffer.concat(parts));
    };
    const fail = (): void => {
      end();
      reject(new ProblemError({ status: 400, detail: 'The body broke off.' }));
    };
    const end = (): void => {
      request.off('data', take).off('end', finish).off('aborted', fail).off('error', fail);
      request.pause();
    };
    request.on('data', take).on('end', finish).on('aborted', fail).on('error', fail);
  });
}

/** The rest is not read: the connection ends with the answer. */
function tooLong(context: Context, most: number): ProblemError {
  context.set('Connection', 'close');
  return new ProblemError({
    status: 413,
    detail: `The body must have at most ${most / 1_024} KiB.`,
  });
}
