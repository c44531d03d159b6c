import { idFrom } from '../headers';
import { MIB, type Source } from '../source';
import { parse } from './parse';
import { verify } from './verify';

export const twitch = {
  provider: 'twitch',
  limit: MIB,
  contentTypes: ['application/json'],
  asked: false,
  verify,
  deliveryId: (request) => idFrom(request, 'twitch-eventsub-message-id'),
  parse,
} satisfies Source<'twitch', unknown>;
