import { describe, expect, it } from '@jest/globals';
import { asked, posted } from '../requests';
import { feed } from '.';

const settings = { address: 'https://castle.example/news.xml' };
const read = (body: string | Buffer, type = 'application/rss+xml') =>
  feed.parse(posted(body, { 'content-type': type }), settings);

const rss = (items: string) => `<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel><title>Castle news</title><link>https://castle.example/</link>${items}</channel>
</rss>`;
const RDF = `<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
         xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="https://castle.example/"><title>Castle news</title>
    <link>https://castle.example/</link></channel>
  <item rdf:about="https://castle.example/1">
    <title>Market day</title><link>https://castle.example/1</link><dc:creator>Ada</dc:creator>
    <dc:date>2026-11-23T10:00:00Z</dc:date><description>At noon.</description>
  </item>
</rdf:RDF>`;
const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom">
  <title>Castle news</title><link href="https://castle.example/"/>
  <entry>
    <id>tag:castle.example,2026:1</id><title type="html">Market &lt;b&gt;day&lt;/b&gt;</title>
    <link href="https://castle.example/1"/><author><name>Ada</name></author>
    <published>2026-11-23T10:00:00Z</published><summary>At noon.</summary>
  </entry>
</feed>`;
const RSS = rss(`<item>
  <title>Market day</title><link>https://castle.example/1</link><guid isPermaLink="false">1</guid>
  <pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate><dc:creator>Ada</dc:creator>
  <description><![CDATA[<p>At noon.</p>]]></description>
</item>`);

describe('a feed', () => {
  it.each([
    ['RSS 2.0', RSS, 'entry:https%3A//castle.example/:1'],
    ['RSS 1.0', RDF, 'entry:https%3A//castle.example/1'],
    ['Atom', ATOM, 'entry:tag%3Acastle.example,2026%3A1'],
  ])('%s is its entries', (_, body, identity) => {
    expect(read(body)).toEqual({
      result: 'items',
      items: [
        {
          kind: 'entry',
          event: 'entry',
          change: 'present',
          identity,
          place: { name: 'Castle news', url: 'https://castle.example/' },
          author: { name: 'Ada', url: null, avatarUrl: null },
          url: 'https://castle.example/1',
          at: Date.parse('2026-11-23T10:00:00Z'),
          title: 'Market day',
          text: 'At noon.',
          imageUrl: null,
        },
      ],
    });
  });

  it('is its newest 50 entries, the oldest of them first', () => {
    const items = Array.from(
      { length: 60 },
      (_, index) => `<item><guid>${60 - index}</guid><title>${60 - index}</title></item>`,
    );
    const delivery = read(rss(items.join('')));
    const titles =
      delivery.result === 'items'
        ? delivery.items.map((item) => 'title' in item && item.title)
        : [];
    expect(titles).toEqual(Array.from({ length: 50 }, (_, index) => String(index + 11)));
  });

  it('is read in its own encoding', () => {
    const latin = Buffer.from(
      '<?xml version="1.0" encoding="ISO-8859-1"?>' +
        rss('<item><title>Münze</title></item>').slice(21),
      'latin1',
    );
    expect(read(latin, 'text/xml')).toMatchObject({ items: [{ title: 'Münze' }] });
    const named = Buffer.from(rss('<item><title>Münze</title></item>'), 'utf16le');
    expect(read(named, 'text/xml; charset=utf-16le')).toMatchObject({
      items: [{ title: 'Münze' }],
    });
    expect(read(RSS, 'text/xml; charset=nonsense')).toMatchObject({ result: 'items' });
  });

  it('shows an entry’s words, and nothing of its markup', () => {
    const html = '<p>One &amp; two</p><ul><li>three</li></ul><script>x</script>';
    const delivery = read(
      rss(`<item><title>T</title><description><![CDATA[${html}]]></description></item>`),
    );
    expect(delivery).toMatchObject({ items: [{ text: 'One & two\nthree\nx' }] });
  });

  it('without entries is no news; what is none is malformed', () => {
    expect(read(rss(''))).toMatchObject({ result: 'ignored' });
    for (const body of ['', '{"items":[]}', '<!DOCTYPE html><html></html>', '\0', '<rss>']) {
      expect(read(body)).toMatchObject({ result: 'malformed', field: 'body' });
    }
  });

  it('expands no entities of its own without bound, and fetches none', () => {
    const bomb = (entities: string, title: string) =>
      `<?xml version="1.0"?><!DOCTYPE rss [${entities}]>${rss(`<item><title>${title}</title></item>`).slice(21)}`;
    const laughs = 'abcdefghi'
      .split('')
      .map(
        (name, index) =>
          `<!ENTITY ${name} "${index === 0 ? 'ha' : `&${'abcdefghi'[index - 1] ?? ''};`.repeat(10)}">`,
      );
    for (const body of [
      bomb(laughs.join(''), '&i;'.repeat(100)),
      bomb(`<!ENTITY a "${'a'.repeat(9_000)}">`, '&a;'.repeat(100_000)),
      bomb('<!ENTITY a SYSTEM "file:///etc/hostname">', '&a;'),
    ]) {
      expect(JSON.stringify(read(body)).length).toBeLessThan(3_000);
    }
  });

  it.each([
    ['<', '<rss><channel><title>'],
    ['<a>', '<rss version="2.0"><channel>'],
    ['<item/>', '<rss version="2.0"><channel>'],
    ['<b/>', '<rss version="2.0"><channel><item>'],
    ['</b>', '<rss>'],
    ['&#', '<rss version="2.0"><channel><title>'],
    ['<![CDATA[x]]>', '<rss version="2.0"><channel><title>'],
    ['<!--', '<rss>'],
    [' a="b"', '<rss'],
  ])('of nothing but %j is read or refused, and ends', (part, start) => {
    const body = start + part.repeat(Math.floor(1_000_000 / part.length));
    expect(['ignored', 'malformed', 'items']).toContain(read(body).result);
  });

  it('answers its hub for its own address only', () => {
    const question = {
      'hub.mode': 'subscribe',
      'hub.topic': settings.address,
      'hub.challenge': 'c',
      'hub.lease_seconds': '10',
    };
    expect(feed.parse(asked(question), settings)).toMatchObject({ result: 'challenge' });
    const other = { ...question, 'hub.topic': 'https://castle.example/other.xml' };
    expect(feed.parse(asked(other), settings)).toMatchObject({ result: 'ignored' });
  });
});
