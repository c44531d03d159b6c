import { idFrom } from '../headers';
import { MIB, type Source } from '../source';
import { commits } from './left-out';
import { parse } from './parse';
import { verify } from './verify';

export const github = {
  provider: 'github',
  limit: 25 * MIB,
  contentTypes: ['application/json', 'application/x-www-form-urlencoded'],
  asked: false,
  headers: ['x-github-event'],
  verify,
  deliveryId: (request) => idFrom(request, 'x-github-delivery'),
  parse,
  commits,
} satisfies Source<'github', unknown>;
