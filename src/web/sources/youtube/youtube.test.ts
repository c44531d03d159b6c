import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { feed } from '../feed';
import { asked, posted } from '../requests';
import { channelFeed } from './parse';
import { youtube } from '.';

const CHANNEL = 'UC0123456789abcdefghijkl';
const settings = { channelId: CHANNEL };

/** The shape is that of YouTube's documentation; the values are ours. */
const entry = (id: string, title: string, published: string) => `
  <entry>
    <id>yt:video:${id}</id>
    <yt:videoId>${id}</yt:videoId>
    <yt:channelId>${CHANNEL}</yt:channelId>
    <title>${title}</title>
    <link rel="alternate" href="https://www.youtube.com/watch?v=${id}"/>
    <author>
      <name>Castle</name>
      <uri>https://www.youtube.com/channel/${CHANNEL}</uri>
    </author>
    <published>${published}</published>
    <updated>2026-11-23T11:00:00.123+00:00</updated>
  </entry>`;
const atom = (...parts: readonly string[]) => `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns="http://www.w3.org/2005/Atom"
      xmlns:at="http://purl.org/atompub/tombstones/1.0">
  <link rel="hub" href="https://pubsubhubbub.appspot.com"/>
  <link rel="self" href="${channelFeed(CHANNEL)}"/>
  <title>YouTube video feed</title>${parts.join('')}
</feed>`;
const first = entry('M7lc1UVf-VE', 'Walls &amp; towers', '2026-11-23T10:00:00+00:00');
const second = entry('abcdefghijk', 'The moat', '2026-11-23T10:30:00+00:00');
const sent = (body: string, headers = {}) =>
  posted(body, { 'content-type': 'application/atom+xml', ...headers });

describe('what the hub sends', () => {
  it('is a video, new or edited', () => {
    expect(youtube.parse(sent(atom(first)), settings)).toEqual({
      result: 'items',
      items: [
        {
          kind: 'video',
          event: 'video',
          change: 'present',
          identity: 'video:youtube:M7lc1UVf-VE',
          place: expect.objectContaining({ name: 'YouTube video feed' }),
          author: {
            name: 'Castle',
            url: `https://www.youtube.com/channel/${CHANNEL}`,
            avatarUrl: null,
          },
          url: 'https://www.youtube.com/watch?v=M7lc1UVf-VE',
          at: Date.parse('2026-11-23T10:00:00Z'),
          id: 'M7lc1UVf-VE',
          title: 'Walls & towers',
          imageUrl: null,
        },
      ],
    });
  });

  it('is the same video as in the feed that is polled, the oldest first', () => {
    const polled = { ...sent(atom(second, first)), method: 'GET' as const };
    const asFeed = feed.parse({ ...polled, method: 'POST' }, { address: channelFeed(CHANNEL) });
    expect(asFeed).toMatchObject({
      items: [
        { kind: 'video', identity: 'video:youtube:M7lc1UVf-VE' },
        { kind: 'video', identity: 'video:youtube:abcdefghijk' },
      ],
    });
    expect(youtube.parse(sent(atom(second, first)), settings)).toEqual(asFeed);
  });

  it('may be that a video is gone', () => {
    const gone = `<at:deleted-entry ref="yt:video:M7lc1UVf-VE" when="2026-11-23T12:00:00+00:00">
      <link href="https://www.youtube.com/watch?v=M7lc1UVf-VE"/>
      <at:by><name>Castle</name><uri>https://www.youtube.com/channel/${CHANNEL}</uri></at:by>
    </at:deleted-entry>`;
    expect(youtube.parse(sent(atom(gone)), settings)).toMatchObject({
      items: [
        {
          change: 'deleted',
          identity: 'video:youtube:M7lc1UVf-VE',
          at: Date.parse('2026-11-23T12:00:00Z'),
          author: { name: 'Castle' },
        },
      ],
    });
  });

  it('without a video is no news, and what is no feed is malformed', () => {
    expect(youtube.parse(sent(atom()), settings)).toMatchObject({ result: 'ignored' });
    for (const body of ['', '{}', '<html><body/></html>', '<feed', atom(first).slice(0, 300)]) {
      expect(youtube.parse(sent(body), settings)).toMatchObject({
        result: 'malformed',
        field: 'body',
      });
    }
  });
});

describe('a signature', () => {
  const sign = (algorithm: string, key: string) =>
    sent('<feed/>', {
      'x-hub-signature': `${algorithm}=${createHmac(algorithm, key).update('<feed/>').digest('hex')}`,
    });

  it.each(['sha1', 'sha256', 'sha512'])('is taken by %s, with either of two secrets', (name) => {
    for (const key of ['old', 'new']) {
      const verdict = youtube.verify(sign(name, key), { secrets: ['old', 'new'] });
      expect(verdict).toEqual({ verdict: 'verified' });
    }
  });

  it('that is wrong or absent is not refused, but nothing follows', () => {
    const disregarded = (reason: string) => ({ verdict: 'disregarded', reason });
    expect(youtube.verify(sign('sha1', 'other'), { secrets: ['new'] })).toEqual(
      disregarded('wrong-signature'),
    );
    for (const signature of ['', 'sha1=', 'md5=0', 'sha1=00', `sha256=${'0'.repeat(40)}`]) {
      const request = sent('<feed/>', { 'x-hub-signature': signature });
      expect(youtube.verify(request, { secrets: ['new'] })).toEqual(disregarded('unsigned'));
    }
  });
});

describe('the hub’s question', () => {
  const question = {
    'hub.mode': 'subscribe',
    'hub.topic': channelFeed(CHANNEL),
    'hub.challenge': '1234567890',
    'hub.lease_seconds': '432000',
  };

  it('is answered with its challenge', () => {
    expect(youtube.parse(asked(question), settings)).toEqual({
      result: 'challenge',
      answer: { contentType: 'text/plain', body: '1234567890' },
      subscription: {
        act: 'subscribe',
        topic: channelFeed(CHANNEL),
        leaseSeconds: 432_000,
      },
    });
    const old = channelFeed(CHANNEL).replace('/feeds/', '/xml/feeds/');
    expect(youtube.parse(asked({ ...question, 'hub.topic': old }), settings)).toMatchObject({
      result: 'challenge',
    });
  });

  it.each([
    [{ 'hub.mode': 'unsubscribe', 'hub.lease_seconds': '' }, { result: 'challenge' }],
    [
      { 'hub.mode': 'denied', 'hub.reason': 'No more subscriptions.' },
      { result: 'revocation', reason: 'No more subscriptions.' },
    ],
    [{ 'hub.topic': channelFeed('UCother') }, { result: 'ignored' }],
    [{ 'hub.mode': 'publish' }, { result: 'malformed', field: 'hub.mode' }],
    [{ 'hub.challenge': '' }, { field: 'hub.challenge' }],
    [{ 'hub.challenge': 'x'.repeat(1_025) }, { field: 'hub.challenge' }],
    [{ 'hub.lease_seconds': 'ever' }, { field: 'hub.lease_seconds' }],
    [{ 'hub.lease_seconds': '9'.repeat(15) }, { subscription: { leaseSeconds: 31_536_000 } }],
    [{ 'hub.topic': '' }, { field: 'hub.topic' }],
  ])('with %j', (more, expected) => {
    expect(youtube.parse(asked({ ...question, ...more }), settings)).toMatchObject(expected);
  });
});
