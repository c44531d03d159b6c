import { html, type Html } from '../../html/html';
import type { ViewContext } from './context';

/** To the second: figures of less would make every rendering another one. */
const exact = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** An instant as people read it; the script shows it in the reader's own time zone. */
export const dateTime = (at: number, { formats }: ViewContext): Html =>
  html`<time datetime="${exact(at)}" data-as="date">${formats.dateTime(at)}</time>`;

/** The same without the day, of an instant a moment ago. */
export const clock = (at: number, { formats }: ViewContext): Html =>
  html`<time datetime="${exact(at)}" data-as="time">${formats.time(at)}</time>`;
