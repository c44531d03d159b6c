import type { SubscriptionRecord } from '../../src/db/announcements';

/** Of a feed that is read, and of which nothing was asked of a hub. */
export const unasked = (topic: string): SubscriptionRecord => ({
  topic,
  state: 'asked',
  askedAt: null,
  leaseUntil: null,
  etag: null,
  lastModified: null,
  askedFeedAt: null,
  error: null,
});
