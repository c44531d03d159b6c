import { describe, expect, it } from '@jest/globals';
import { posted } from '../requests';
import type { ZapierMapping } from './mappings';
import { zapier } from '.';

const read = (mapping: ZapierMapping, body: unknown, headers = {}) =>
  zapier.parse(posted(body, headers), { mapping, scope: 'news' });

describe('our own fields', () => {
  it('are shown as they are named', () => {
    const told = {
      id: 7,
      event: 'market',
      change: 'edited',
      title: 'Market day',
      text: 'At noon.',
      url: 'https://castle.example/7',
      author: 'Ada',
      author_url: 'https://castle.example/ada',
      image: 'javascript:alert(1)',
      at: 1_795_000_000,
      fields: { Stalls: 12, Open: true },
    };
    expect(read('plain', told)).toEqual({
      result: 'items',
      items: [
        {
          kind: 'post',
          event: 'market',
          change: 'edited',
          identity: 'post:news:7',
          place: null,
          author: { name: 'Ada', url: 'https://castle.example/ada', avatarUrl: null },
          url: 'https://castle.example/7',
          at: 1_795_000_000_000,
          title: 'Market day',
          text: 'At noon.',
          imageUrl: null,
          fields: [
            { name: 'Stalls', value: '12' },
            { name: 'Open', value: 'true' },
          ],
        },
      ],
    });
  });

  it('may come as a form', () => {
    const form = 'title=Market+day&__proto__=x';
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(read('plain', form, type)).toMatchObject({ items: [{ title: 'Market day' }] });
  });

  it.each(['', '[]', 'null', '{}', '{"title":""}', '{"title":{}}'])(
    'that show nothing are malformed, with a right example: %s',
    (body) => {
      const delivery = read('plain', body);
      expect(delivery).toMatchObject({ result: 'malformed', field: 'body' });
      const example = delivery.result === 'malformed' ? delivery.example : '';
      expect(read('plain', example)).toMatchObject({ result: 'items' });
    },
  );
});

describe('Zapier’s fields of YouTube', () => {
  const nested = {
    contentDetails: { videoId: 'M7lc1UVf-VE' },
    snippet: {
      title: 'Walls',
      channelId: 'UC1',
      channelTitle: 'Castle',
      publishedAt: '2026-11-23T10:00:00Z',
      thumbnails: { high: { url: 'https://i.ytimg.com/1.jpg' } },
    },
  };
  const video = {
    kind: 'video',
    identity: 'video:youtube:M7lc1UVf-VE',
    url: 'https://www.youtube.com/watch?v=M7lc1UVf-VE',
    title: 'Walls',
  };

  it('are a video, the same as by webhook or feed, however they are nested', () => {
    const flat = { contentDetails__videoId: 'M7lc1UVf-VE', snippet__title: 'Walls' };
    expect(read('youtube', nested)).toMatchObject({
      items: [
        {
          ...video,
          author: { name: 'Castle', url: 'https://www.youtube.com/channel/UC1' },
          imageUrl: 'https://i.ytimg.com/1.jpg',
          at: Date.parse('2026-11-23T10:00:00Z'),
        },
      ],
    });
    expect(read('youtube', flat)).toMatchObject({ items: [video] });
  });

  it.each([
    'https://www.youtube.com/watch?v=M7lc1UVf-VE',
    'https://www.youtube.com/watch?list=x&v=M7lc1UVf-VE&t=1',
    'https://youtu.be/M7lc1UVf-VE?si=x',
    'https://www.youtube.com/shorts/M7lc1UVf-VE',
  ])('are known by the page: %s', (url) => {
    expect(read('youtube', { url, title: 'Walls' })).toMatchObject({
      items: [{ identity: video.identity }],
    });
  });

  it('without a video’s id are a post', () => {
    expect(read('youtube', { title: 'Walls' })).toMatchObject({ items: [{ kind: 'post' }] });
  });
});

describe('Zapier’s fields of Twitter', () => {
  it('are a post with its page', () => {
    const told = {
      id_str: '123',
      full_text: 'Market day',
      created_at: 'Mon Nov 23 10:00:00 +0000 2026',
      user: { name: 'Castle', screen_name: 'castle' },
    };
    expect(read('twitter', told)).toMatchObject({
      items: [
        {
          kind: 'post',
          event: 'tweet',
          identity: 'post:twitter:123',
          text: 'Market day',
          url: 'https://x.com/castle/status/123',
          author: { name: 'Castle', url: 'https://x.com/castle' },
          at: Date.parse('2026-11-23T10:00:00Z'),
        },
      ],
    });
  });
});

describe('a token', () => {
  it.each([
    [{ authorization: 'Bearer right' }, 'verified'],
    [{ authorization: 'bearer  right ' }, 'verified'],
    [{ 'x-castellan-token': 'right' }, 'verified'],
    [{ 'x-castellan-token': 'rightly' }, 'wrong-signature'],
    [{ authorization: 'Bearer wrong', 'x-castellan-token': 'right' }, 'wrong-signature'],
    [{ authorization: 'Basic right' }, 'unsigned'],
    [{ authorization: 'Bearer ' }, 'unsigned'],
    [{}, 'unsigned'],
  ])('%j: %s', (headers, expected) => {
    const verdict = zapier.verify(posted('{}', headers), { secrets: ['', 'old', 'right'] });
    expect('reason' in verdict ? verdict.reason : verdict.verdict).toBe(expected);
  });
});
