import { html, type Html } from '../../html/html';
import { LOCALES } from '../../language/formats';
import { LANGUAGES, textsOf } from '../../language/languages';
import { withQuery } from './addresses';
import type { ViewContext } from './context';

export interface Frame {
  readonly title: string;
  /** For search engines and for the embed in Discord: one or two sentences. */
  readonly description: string;
  /** The page's address without a query. */
  readonly path: string;
  /** What leads to the same page in another language, besides the language. */
  readonly query?: Readonly<Record<string, string | null>>;
  /** An image for embeds: its path and size; none for pages that say that there is nothing. */
  readonly image?: { readonly path: string; readonly alt: string };
  readonly feed?: { readonly path: string; readonly title: string };
  readonly data?: string;
  /** The bar beside the embed in Discord, as `#rrggbb`. */
  readonly colour: string;
  /** Whether the script keeps it up to date. */
  readonly live: boolean;
  readonly content: Html;
}

/** The card's size: what Discord shows as a large image. https://ogp.me/#structured */
export const CARD = { width: 1200, height: 630 } as const;

/** A whole page around its content. */
export function page(frame: Frame, context: ViewContext): string {
  const { language, texts, publicUrl, assets } = context;
  const { title, description, path, query = {}, image, feed, data } = frame;
  const address = `${publicUrl}${path}`;
  const inLanguage = (lang: string): string => withQuery(path, { ...query, lang });
  return html`<!doctype html>
    <html lang="${language}" data-locale="${LOCALES[language]}">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content="${description}" />
        <link rel="canonical" href="${address}" />
        ${LANGUAGES.map(
          (lang) =>
            html`<link
              rel="alternate"
              hreflang="${lang}"
              href="${publicUrl}${inLanguage(lang)}"
            /> `,
        )}${
          feed &&
          html`<link
            rel="alternate"
            type="application/rss+xml"
            title="${feed.title}"
            href="${feed.path}"
          /> `
        }
        <meta property="og:type" content="website" />
        <meta property="og:site_name" content="Castellan" />
        <meta property="og:title" content="${title}" />
        <meta property="og:description" content="${description}" />
        <meta property="og:url" content="${address}" />
        <meta property="og:locale" content="${language}" />
        ${
          image &&
          html`<meta property="og:image" content="${publicUrl}${image.path}" />
            <meta property="og:image:type" content="image/png" />
            <meta property="og:image:width" content="${CARD.width}" />
            <meta property="og:image:height" content="${CARD.height}" />
            <meta property="og:image:alt" content="${image.alt}" />
            <meta name="twitter:card" content="summary_large_image" /> `
        }
        <meta name="theme-color" content="${frame.colour}" />
        <link rel="icon" type="image/svg+xml" href="${assets.icon}" />
        <link rel="stylesheet" href="${assets.stylesheet}" />
        ${frame.live && html`<script src="${assets.script}" defer></script>`}
      </head>
      <body>
        <a class="skip" href="#content">${texts.skipToContent}</a>
        ${frame.content}
        <footer class="foot">
          <p>
            ${frame.live && html`<span class="live" hidden>${texts.refreshes}</span>`}
            ${feed && html`<a href="${feed.path}">${texts.footer.feed}</a>`}
            ${data !== undefined && html`<a href="${data}">${texts.footer.data}</a>`}
          </p>
          <nav aria-label="${texts.footer.language}">
            <ul class="languages">
              ${LANGUAGES.map(
                (lang) =>
                  html`<li>
                    <a
                      href="${inLanguage(lang)}"
                      hreflang="${lang}"
                      lang="${lang}"
                      ${lang === language && html` aria-current="true"`}
                      >${textsOf(lang).ownName}</a
                    >
                  </li>`,
              )}
            </ul>
          </nav>
        </footer>
      </body>
    </html> `.text;
}
