import { idFrom } from '../headers';
import { MIB, type Source } from '../source';
import { commits } from './left-out';
import { parse } from './parse';
import { verify } from './verify';

export const bitbucket = {
  provider: 'bitbucket',
  limit: MIB,
  contentTypes: ['application/json'],
  asked: false,
  headers: ['x-event-key'],
  verify,
  // The same for each attempt of one delivery.
  deliveryId: (request) => idFrom(request, 'x-request-uuid'),
  parse,
  commits,
} satisfies Source<'bitbucket', unknown>;
