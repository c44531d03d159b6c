import type { KeptDelivery } from '../../storage/deliveries';
import { header } from './headers';
import type { BoundSource } from './bound';
import type { SourceRequest } from './source';

/** What is kept of a request: all that `parse` needs, and nothing that proved it genuine. */
export function keptOf(source: BoundSource, request: SourceRequest): KeptDelivery {
  const headers = Object.fromEntries(
    ['content-type', ...source.headers].flatMap((name) => {
      const value = header(request, name);
      return value === null ? [] : [[name, value]];
    }),
  );
  return { headers, query: {}, body: request.body, news: null };
}

/** The request again, for `parse`. */
export const requestOf = ({ headers, query, body }: KeptDelivery): SourceRequest => ({
  method: 'POST',
  ...{ headers, query, body },
});
