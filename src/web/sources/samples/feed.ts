import { isoTime, type SampleService } from './sample';
import { signAsHub } from './websub';

export const feed: SampleService = {
  sign: signAsHub,
  samples: [
    {
      event: 'entry',
      says: 'a new entry, as a hub sends it',
      delivery: ({ mark, now }) => ({
        contentType: 'application/atom+xml',
        body: `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>Castle news</title>
  <link href="https://castle.example/"/>
  <entry>
    <id>tag:castle.example,2026:${mark}</id>
    <title>Market day</title>
    <link href="https://castle.example/news/${mark}"/>
    <author><name>Ada</name></author>
    <published>${isoTime(now)}</published>
    <summary>At noon, in the lower court.</summary>
  </entry>
</feed>
`,
        headers: {},
      }),
    },
  ],
};
