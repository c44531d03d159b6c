import { sourceKey } from '../../../workflows/announcement/contract';
import type { Delivery } from '../../domain/announcements/delivery';
import { compileMapping } from '../../domain/announcements/mapping';
import type { SourceSettings } from '../../domain/announcements/settings';
import { once } from '../../timing/once';
import type { CommitsApi } from './commits-api';
import type { Provider, Source, SourceRequest, Verdict } from './source';
import { sources } from './sources';

/** A source as an administrator set it up: what its service's folder knows, with its own settings. */
export interface BoundSource {
  readonly provider: Provider;
  readonly guildId: string;
  readonly id: string;
  /** In bytes. */
  readonly limit: number;
  readonly contentTypes: readonly string[];
  readonly asked: boolean;
  readonly headers: readonly string[];
  /** @param now milliseconds since the epoch */
  readonly verify: (request: SourceRequest, secrets: readonly string[], now: number) => Verdict;
  readonly deliveryId: (request: SourceRequest) => string;
  readonly parse: (request: SourceRequest) => Delivery;
  /** `null`: its deliveries leave out no commits. */
  readonly commits: CommitsApi | null;
}

/** @throws MappingError, when something is parsed, for a mapping that no configuration lets through */
export function boundSource(
  guildId: string,
  { id, origin }: Pick<SourceSettings, 'id' | 'origin'>,
): BoundSource {
  const place = { guildId, id };
  // Ids that are unique only within a source carry it.
  const scope = sourceKey(guildId, id);
  switch (origin.provider) {
    case 'bitbucket':
    case 'github':
    case 'gitlab':
    case 'twitch':
      return bind(place, sources[origin.provider], undefined);
    case 'youtube':
      return bind(place, sources.youtube, origin);
    case 'feed':
      return bind(place, sources.feed, origin);
    case 'zapier':
      return bind(place, sources.zapier, { mapping: origin.mapping, scope });
    case 'generic': {
      const { authentication } = origin;
      // To look a source up is cheap; only who has a delivery compiles.
      const mapping = once(() => compileMapping(origin.mapping));
      return bind(place, sources.generic, {
        authentication,
        scope,
        get mapping() {
          return mapping();
        },
      });
    }
  }
}

function bind<Name extends Provider, Settings>(
  place: { readonly guildId: string; readonly id: string },
  source: Source<Name, Settings>,
  settings: Settings,
): BoundSource {
  const { provider, limit, contentTypes, asked, headers, deliveryId } = source;
  return {
    ...place,
    ...{ provider, limit, contentTypes, asked, headers, deliveryId },
    verify: (request, secrets, now) => source.verify(request, { secrets, settings, now }),
    parse: (request) => source.parse(request, settings),
    commits: source.commits ?? null,
  };
}
