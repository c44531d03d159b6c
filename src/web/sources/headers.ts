import { createHash } from 'node:crypto';
import type { SourceRequest } from './source';

/** @returns `null` where it is absent, empty or given twice */
export function header({ headers }: Pick<SourceRequest, 'headers'>, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** @returns `null` where it is absent, empty or given twice */
export function parameter({ query }: Pick<SourceRequest, 'query'>, name: string): string | null {
  const value = query[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/**
 * What names a delivery.
 *
 * @param names headers in which the service names it, the best first; without one, the content does
 */
export function idFrom(request: SourceRequest, ...names: readonly string[]): string {
  for (const name of names) {
    const given = header(request, name);
    if (given !== null) {
      const id = given.replace(/^\{(.*)\}$/, '$1');
      return /^[\w-]{1,128}$/.test(id) ? id : `h-${sha256(id)}`;
    }
  }
  return `b-${sha256(request.body)}`;
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
