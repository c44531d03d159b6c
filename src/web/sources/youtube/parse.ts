import { delivered, type Delivery } from '../../../domain/announcements/delivery';
import { readFeed, textOf } from '../feed-document';
import { header } from '../headers';
import type { SourceRequest } from '../source';
import { hubQuestion } from '../websub';
import { deletedVideos } from './deleted';

export interface YouTubeSettings {
  /** `UC` and 22 letters, digits, `-` or `_`. */
  readonly channelId: string;
}

/** What is subscribed to at the hub, and polled where the hub refuses. */
export const channelFeed = (channelId: string): string =>
  `https://www.youtube.com/feeds/videos.xml?channel_id=${encodeURIComponent(channelId)}`;

/** The hub's question, or a feed of videos: as the hub sends it, or as it was polled. */
export function parse(request: SourceRequest, { channelId }: YouTubeSettings): Delivery {
  if (request.method === 'GET') {
    return hubQuestion(request, (topic) => isFeedOf(channelId, topic));
  }
  const text = textOf(request.body, header(request, 'content-type'));
  const feed = readFeed(text);
  if ('result' in feed) return feed;
  const videos = feed.items.filter(({ kind }) => kind === 'video');
  return delivered([...videos, ...deletedVideos(text)], 'The feed has no videos.');
}

/** The hub writes the topic as the subscriber did; YouTube knows two paths for it. */
const isFeedOf = (channelId: string, topic: string): boolean =>
  [channelFeed(channelId), channelFeed(channelId).replace('/feeds/', '/xml/feeds/')].includes(
    topic,
  );
