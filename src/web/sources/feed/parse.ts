import { delivered, type Delivery } from '../../../domain/announcements/delivery';
import { readFeed, textOf } from '../feed-document';
import { header } from '../headers';
import type { SourceRequest } from '../source';
import { hubQuestion } from '../websub';

export interface FeedSettings {
  /** The feed's own address, which is the topic at its hub. */
  readonly address: string;
}

/** A hub's question, or a feed: as a hub sends it, or as it was polled. */
export function parse(request: SourceRequest, { address }: FeedSettings): Delivery {
  if (request.method === 'GET') return hubQuestion(request, (topic) => topic === address);
  const feed = readFeed(textOf(request.body, header(request, 'content-type')));
  return 'result' in feed ? feed : delivered(feed.items, 'The feed has no entries.');
}
