import { idFrom } from '../headers';
import { MIB, type Source } from '../source';
import { parse, type GenericSettings } from './parse';
import { verify } from './verify';

export const generic = {
  provider: 'generic',
  limit: MIB,
  contentTypes: ['application/json'],
  asked: false,
  headers: [],
  verify,
  deliveryId: (request) => idFrom(request, 'webhook-id', 'idempotency-key'),
  parse,
} satisfies Source<'generic', GenericSettings>;
