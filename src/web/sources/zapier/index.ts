import { idFrom } from '../headers';
import { MIB, type Source } from '../source';
import { parse, type ZapierSettings } from './parse';
import { verify } from './verify';

export const zapier = {
  provider: 'zapier',
  limit: MIB,
  contentTypes: ['application/json', 'application/x-www-form-urlencoded'],
  asked: false,
  headers: [],
  verify,
  // Zapier names no deliveries. The same content again is the same one.
  deliveryId: (request) => idFrom(request),
  parse,
} satisfies Source<'zapier', ZapierSettings>;
