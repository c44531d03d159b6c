import { bitbucket } from './bitbucket';
import { feed } from './feed';
import { generic } from './generic';
import { github } from './github';
import { gitlab } from './gitlab';
import type { Provider, Source } from './source';
import { twitch } from './twitch';
import { youtube } from './youtube';
import { zapier } from './zapier';

/** Every provider, by the word that stands in its addresses. One that is missing or half done is a type error. */
export const sources = {
  bitbucket,
  feed,
  generic,
  github,
  gitlab,
  twitch,
  youtube,
  zapier,
} satisfies { readonly [Name in Provider]: Source<Name, never> };

/** @param name as it stands in an address */
export const isProvider = (name: string): name is Provider => Object.hasOwn(sources, name);
