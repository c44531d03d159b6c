import type { Context } from 'koa';
import type { BodyRoom } from './limits/body-room';
import { ProblemError } from './problem';
import { comeAgain } from './come-again';

/** What a body may be. */
export interface BodyRules {
  /** In bytes. */
  readonly most: number;
  /** Media types without parameters, in lower case. */
  readonly types: readonly string[];
  /** Where all bodies that are read at the same time must fit in; absent: anywhere. */
  readonly room?: BodyRoom;
}

/**
 * The bytes of a request's body as they came: a signature is over them, not over what they mean.
 *
 * @throws ProblemError 413 for a longer one, 415 for another type or a compressed one, 400 for one that breaks
 *   off, 503 while there is no room
 */
export async function rawBody(context: Context, rules: BodyRules): Promise<Buffer> {
  const { most, types } = rules;
  const type = context.get('Content-Type').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!types.includes(type)) {
    throw new ProblemError({
      status: 415,
      detail: `The body must be of another type: send the header Content-Type: ${types.join(', or Content-Type: ')}.`,
    });
  }
  if (context.get('Content-Encoding') !== '') {
    throw new ProblemError({ status: 415, detail: 'The body must not be compressed.' });
  }
  if (Number(context.get('Content-Length')) > most) throw tooLong(context, most);
  return read(context, rules);
}

/**
 * The bytes of a body of JSON.
 *
 * @param most bytes
 * @throws ProblemError as `rawBody`
 */
export const rawJsonBody = (context: Context, most: number): Promise<Buffer> =>
  rawBody(context, { most, types: ['application/json'] });

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

function read(context: Context, { most, room }: BodyRules): Promise<Buffer> {
  const { req: request } = context;
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    const take = (part: Buffer): void => {
      length += part.length;
      if (length > most) fail(tooLong(context, most));
      else if (room?.take(context, part.length) === false) fail(noRoom(context));
      else parts.push(part);
    };
    const finish = (): void => {
      end();
      resolve(parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts));
    };
    const fail = (problem: ProblemError): void => {
      end();
      reject(problem);
    };
    const breakOff = (): void => {
      fail(new ProblemError({ status: 400, detail: 'The body broke off.' }));
    };
    const end = (): void => {
      request.off('data', take).off('end', finish).off('aborted', breakOff).off('error', breakOff);
      request.pause();
    };
    request.on('data', take).on('end', finish).on('aborted', breakOff).on('error', breakOff);
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

function noRoom(context: Context): ProblemError {
  context.set('Connection', 'close');
  return comeAgain(context, {
    detail: 'Too many long requests come at the same time. Send it again later.',
    cause: null,
  });
}
