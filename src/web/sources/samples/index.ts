import type { Provider } from '../source';
import { bitbucket } from './bitbucket';
import { feed } from './feed';
import { generic } from './generic';
import { github } from './github';
import { gitlab } from './gitlab';
import type { SampleService } from './sample';
import { twitch } from './twitch';
import { youtube } from './youtube';
import { zapier } from './zapier';

export type * from './sample';

/** What every service would deliver, for trying out and for tests. A service without samples is a type error. */
export const samples: Readonly<Record<Provider, SampleService>> = {
  bitbucket,
  feed,
  generic,
  github,
  gitlab,
  twitch,
  youtube,
  zapier,
};
