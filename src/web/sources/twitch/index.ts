import { idFrom } from '../headers';
import { MIB, type Source } from '../source';
import { parse } from './parse';
import { verify } from './verify';

export const twitch = {
  provider: 'twitch',
  limit: MIB,
  contentTypes: ['application/json'],
  asked: false,
  headers: [
    'twitch-eventsub-message-type',
    'twitch-eventsub-message-id',
    'twitch-eventsub-message-timestamp',
  ],
  verify,
  deliveryId: (request) => idFrom(request, 'twitch-eventsub-message-id'),
  parse,
} satisfies Source<'twitch', unknown>;
