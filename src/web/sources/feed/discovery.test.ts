import { describe, expect, it } from '@jest/globals';
import { discoverHub } from './discovery';

const HUB = 'https://hub.example/?a=1&b=2';
const SELF = 'https://feed.example/news.xml';

describe('a feed’s hub', () => {
  it('stands in the header', () => {
    expect(discoverHub('', `<${HUB}>; rel="hub", <${SELF}>; rel=self`)).toEqual({
      hub: HUB,
      self: SELF,
    });
    expect(discoverHub('', `<${SELF}>; title="a, b"; rel="alternate self"`)).toBeNull();
  });

  it('stands in the feed', () => {
    const atom = `<feed><link href='${SELF}' rel='self'/><link rel="hub" href="https://hub.example/?a=1&amp;b=2"/>`;
    expect(discoverHub(atom, undefined)).toEqual({ hub: HUB, self: SELF });
    const rss = `<rss><channel><link>https://feed.example/</link><atom:link rel="hub" href="${SELF}" /><item>`;
    expect(discoverHub(rss, undefined)).toEqual({ hub: SELF, self: null });
  });

  it('stands in no entry', () => {
    expect(discoverHub(`<feed><entry><link rel="hub" href="${HUB}"/>`, undefined)).toBeNull();
  });

  it('is none in what is no feed, however long', () => {
    for (const text of [
      '<link '.repeat(200_000),
      `<link ${'rel='.repeat(200_000)}`,
      '<'.repeat(1e6),
    ]) {
      expect(discoverHub(text, text)).toBeNull();
    }
  });
});
