import { FEED_TYPES } from '../feed-types';
import { idFrom } from '../headers';
import { MIB, type Source } from '../source';
import { parse, type YouTubeSettings } from './parse';
import { verify } from './verify';

export const youtube = {
  provider: 'youtube',
  limit: MIB,
  contentTypes: FEED_TYPES,
  asked: true,
  headers: [],
  verify,
  deliveryId: (request) => idFrom(request),
  parse,
} satisfies Source<'youtube', YouTubeSettings>;
