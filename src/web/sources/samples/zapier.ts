import { isoTime, jsonSample, postSample, type SampleService } from './sample';

/** An event a mapping: the source must have the same. */
export const zapier: SampleService = {
  sign: (_delivery, { secret }) => ({ authorization: `Bearer ${secret}` }),
  samples: [
    {
      event: 'plain',
      says: 'a post in Castellan’s own fields',
      delivery: postSample,
    },
    {
      event: 'youtube',
      says: 'a video, as Zapier’s YouTube triggers tell it',
      delivery: ({ mark, now, channelId }) =>
        jsonSample({
          contentDetails: { videoId: mark.slice(0, 11) },
          snippet: {
            title: 'How we built the keep',
            channelId,
            channelTitle: 'Castle',
            publishedAt: isoTime(now),
          },
        }),
    },
    {
      event: 'twitter',
      says: 'a post of X, as Zapier’s Twitter triggers told it',
      delivery: ({ mark }) =>
        jsonSample({
          id_str: String(BigInt(`0x${mark.slice(0, 15)}`)),
          full_text: 'The drawbridge is down. Come in!',
          user: { screen_name: 'castle', name: 'Castle' },
        }),
    },
  ],
};
