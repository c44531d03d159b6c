import type { Formats } from '../../language/formats';
import type { Language } from '../../language/languages';
import type { Texts } from '../../language/texts';

/** What every part of a page is rendered with. */
export interface ViewContext {
  readonly language: Language;
  readonly texts: Texts;
  readonly formats: Formats;
  /** Where the server is reached from outside, without a slash at its end. */
  readonly publicUrl: string;
  /** Addresses of what pages load; they change with the content. */
  readonly assets: { readonly stylesheet: string; readonly script: string; readonly icon: string };
  /** Milliseconds since the epoch: when the page is rendered. */
  readonly now: number;
  /** Whether the figures are older than they should be, because the records are away. */
  readonly stale: boolean;
}
