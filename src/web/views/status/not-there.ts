import { html } from '../../html/html';
import type { ViewContext } from './context';
import { page } from './layout';

/** A page that says what is not there, or not at the moment, and what to do. */
export function notThere(
  {
    title,
    detail,
    advice,
    path,
  }: {
    readonly title: string;
    readonly detail: string;
    readonly advice: string;
    readonly path: string;
  },
  context: ViewContext,
): string {
  return page(
    {
      title,
      description: detail,
      path,
      colour: '#6b7686',
      live: false,
      content: html` <main id="content" class="alone" tabindex="-1">
        <h1>${title}</h1>
        ${detail !== '' && html`<p>${detail}</p>`}
        <p>${advice}</p>
      </main>`,
    },
    context,
  );
}
