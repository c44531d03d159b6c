import { channelFeed } from '../youtube/parse';
import { isoTime, type SampleService, type SampleSubject } from './sample';
import { signAsHub } from './websub';

const atom = (channelId: string, inside: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns="http://www.w3.org/2005/Atom"
      xmlns:at="http://purl.org/atompub/tombstones/1.0">
  <link rel="hub" href="https://pubsubhubbub.appspot.com"/>
  <link rel="self" href="${channelFeed(channelId)}"/>
  <title>YouTube video feed</title>
${inside}
</feed>
`;

/** YouTube's ids have 11 letters. */
const idOf = (mark: string): string => mark.slice(0, 11);

function video({ mark, now, channelId }: SampleSubject): string {
  return `  <entry>
    <id>yt:video:${idOf(mark)}</id>
    <yt:videoId>${idOf(mark)}</yt:videoId>
    <yt:channelId>${channelId}</yt:channelId>
    <title>How we built the keep</title>
    <link rel="alternate" href="https://www.youtube.com/watch?v=${idOf(mark)}"/>
    <author>
      <name>Castle</name>
      <uri>https://www.youtube.com/channel/${channelId}</uri>
    </author>
    <published>${isoTime(now)}</published>
    <updated>${isoTime(now)}</updated>
  </entry>`;
}

const gone = ({
  mark,
  now,
  channelId,
}: SampleSubject): string => `  <at:deleted-entry ref="yt:video:${idOf(mark)}" when="${isoTime(now)}">
    <link href="https://www.youtube.com/watch?v=${idOf(mark)}"/>
    <at:by><name>Castle</name><uri>https://www.youtube.com/channel/${channelId}</uri></at:by>
  </at:deleted-entry>`;

/** https://developers.google.com/youtube/v3/guides/push_notifications */
export const youtube: SampleService = {
  sign: signAsHub,
  samples: [
    {
      event: 'video',
      says: 'a new video',
      delivery: (subject) => ({
        contentType: 'application/atom+xml',
        body: atom(subject.channelId, video(subject)),
        headers: {},
      }),
    },
    {
      event: 'deleted',
      says: 'a video that is gone',
      delivery: (subject) => ({
        contentType: 'application/atom+xml',
        body: atom(subject.channelId, gone(subject)),
        headers: {},
      }),
    },
  ],
};
