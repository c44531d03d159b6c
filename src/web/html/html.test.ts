import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { html } from './html';

const text = (value: string): string => html`<p title="${value}">${value}</p>`.text;

describe('html', () => {
  it('shows what it is given as text', () => {
    expect(text(`<script>alert("1" & '2')</script>`)).toBe(
      '<p title="&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;">' +
        '&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;</p>',
    );
  });

  it('keeps what it made itself, in lists as well, and shows nothing for nothing', () => {
    const items = ['a', '<b>'].map((item) => html`<i>${item}</i>`);
    expect(html`<p>${items}${false}${null}${undefined}${0}</p>`.text).toBe(
      '<p><i>a</i><i>&lt;b&gt;</i>0</p>',
    );
  });

  it('drops what XML cannot hold', () => {
    expect(html`${'a\u0000b\u000bc\ud800d\uffffe\tf\n😀'}`.text).toBe('abcde\tf\n😀');
  });

  it('lets no text end its attribute or its element, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const [, attribute, content] = /^<p title="([^]*)">([^]*)<\/p>$/.exec(text(value)) ?? [];
        expect(`${attribute ?? '<'}${content ?? '<'}`).not.toMatch(/[<>"']/);
      }),
    );
  });
});
