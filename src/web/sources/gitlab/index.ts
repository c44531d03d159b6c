import { idFrom } from '../headers';
import { MIB, type Source } from '../source';
import { commits } from './left-out';
import { parse } from './parse';
import { verify } from './verify';

export const gitlab = {
  provider: 'gitlab',
  limit: MIB,
  contentTypes: ['application/json'],
  asked: false,
  headers: ['x-gitlab-event'],
  verify,
  // Both stay the same when a delivery is tried again.
  deliveryId: (request) => idFrom(request, 'idempotency-key', 'webhook-id'),
  parse,
  commits,
} satisfies Source<'gitlab', unknown>;
