/** What feeds are sent as. */
export const FEED_TYPES = [
  'application/atom+xml',
  'application/rss+xml',
  'application/rdf+xml',
  'application/xml',
  'text/xml',
] as const;
