import type {
  DeliveryRecord,
  Fate,
  SourceRecord,
  SubscriptionRecord,
} from '../../db/announcements';
import type { Filter } from '../../domain/announcements/filter';
import type { Origin, QuietHours, Route } from '../../domain/announcements/settings';
import type { Trouble } from '../../domain/announcements/subscription/subscription';
import { inline, label } from '../../domain/text';
import { duration, moment, relative } from './time';

/** How sources, their routes and their deliveries are called. */

export type Provider = Origin['provider'];

export const PROVIDER_WORDS: Readonly<Record<Provider, string>> = {
  bitbucket: 'Bitbucket',
  feed: 'RSS or Atom feed',
  generic: 'Any service that sends JSON',
  github: 'GitHub',
  gitlab: 'GitLab',
  twitch: 'Twitch',
  youtube: 'YouTube',
  zapier: 'Zapier',
};

/** We ask for their news ourselves: nobody enters an address or a secret anywhere. */
export const asksItself = ({ provider }: Pick<Origin, 'provider'>): boolean =>
  provider === 'youtube' || provider === 'feed';

export const FATES: Readonly<Record<Fate, { readonly emoji: string; readonly words: string }>> = {
  received: { emoji: '📥', words: 'being worked on' },
  posted: { emoji: '✅', words: 'posted' },
  waiting: { emoji: '⏳', words: 'waiting to be posted' },
  known: { emoji: '♻️', words: 'known already' },
  filtered: { emoji: '🧹', words: 'held back by the filters' },
  ignored: { emoji: '➖', words: 'nothing to announce' },
  malformed: { emoji: '⚠️', words: 'not understood' },
  failed: { emoji: '❌', words: 'could not be posted' },
};

/** A source's word, in bold. */
export function named(id: string): string {
  return `**${inline(id, { max: 60, empty: '…' })}**`;
}

/** As it is to be typed, as code, where nothing can be escaped: a backtick would end it, and `@` may ping. */
export function literal(text: string): string {
  return `\`${label(text, { max: 80, empty: '…' }).replaceAll('`', 'ˋ').replaceAll('@', '＠')}\``;
}

/** How a source is: its last delivery, in a few words. */
export function lastWords(last: DeliveryRecord | null): string {
  if (last === null) return 'nothing was delivered yet';
  const { emoji, words } = FATES[last.fate];
  return `${emoji} last delivery ${relative(last.receivedAt)}: ${words}`;
}

const TROUBLES: Readonly<Record<Trouble, string>> = {
  silent: 'nothing has come for long',
  hub: 'the hub does not send',
  feed: 'the feed cannot be read',
  revoked: 'the service ended its subscription',
  'mis-signed': 'requests come that are signed wrong',
  malformed: 'requests come that cannot be read',
};
const TROUBLE_WORDS: ReadonlyMap<string, string> = new Map(Object.entries(TROUBLES));

/** What is wrong with a source, of which administrators were told; `null`: nothing. */
export function troubleWords({ told }: SourceRecord): string | null {
  const words = told.flatMap((trouble) => TROUBLE_WORDS.get(trouble) ?? []);
  return words.length === 0 ? null : `⚠️ ${words.join('; ')}`;
}

/** What the hub and the feed say; `null`: there is nothing to subscribe to. */
export function subscriptionWords({
  settings: { origin },
  subscription,
}: SourceRecord): string | null {
  if (!asksItself(origin)) return null;
  if (subscription === null) return '🔄 subscribing';
  const { error } = subscription;
  const trouble = error === null ? '' : ` (${inline(error, { max: 120, empty: '…' })})`;
  const feed =
    subscription.askedFeedAt === null
      ? ''
      : `; the feed was looked at ${relative(subscription.askedFeedAt)}`;
  return `${hubWords(subscription)}${feed}${trouble}`;
}

function hubWords({ state, leaseUntil, askedAt }: SubscriptionRecord): string {
  switch (state) {
    case 'active':
      return leaseUntil === null ? '🔔 subscribed' : `🔔 subscribed until ${moment(leaseUntil)}`;
    case 'asked':
      return askedAt === null
        ? '🔄 looked at by its feed'
        : `🔄 asked for a subscription ${relative(askedAt)}`;
    case 'ending':
      return '🔕 the subscription is being ended';
    case 'refused':
      return '📰 not subscribed: the feed is looked at instead';
  }
}

/** What the provider was told of itself, such as the channel at YouTube; at most about 350 characters. */
export function originWords(origin: Origin): string {
  const name = PROVIDER_WORDS[origin.provider];
  switch (origin.provider) {
    case 'youtube':
      return `${name}, the channel ${inline(origin.channelId, { max: 60, empty: '…' })}`;
    case 'feed':
      return `${name} at ${inline(origin.address, { max: 250, empty: '…' })}, looked at every ${duration(origin.everyMs)}`;
    case 'zapier':
      return {
        plain: `${name}, with our own fields`,
        youtube: `${name}, with the fields of its YouTube triggers`,
        twitter: `${name}, with the fields of its Twitter triggers`,
      }[origin.mapping];
    case 'generic':
      return `${name}, ${AUTHENTICATION_WORDS[origin.authentication.kind]}`;
    default:
      return name;
  }
}

export const AUTHENTICATION_WORDS = {
  hmac: 'signed with HMAC',
  bearer: 'with a token',
  'standard-webhooks': 'signed by Standard Webhooks',
} as const;

/** Languages of the built-in words, as they call themselves. */
export const LANGUAGE_WORDS: ReadonlyMap<string, string> = new Map([
  ['en', 'English'],
  ['de', 'Deutsch'],
]);

/** A route in a line of at most about 700 characters. */
export function routeWords(route: Route): string {
  const { ping, quietHours } = route;
  const own = Object.keys(route.template).length > 0;
  return [
    `→ <#${route.channelId}>${route.channelKind === 'text' ? '' : ` (${route.channelKind})`}`,
    ...filterWords(route.filter),
    ...(route.digestMs === 0 ? [] : [`gathered for ${duration(route.digestMs)}`]),
    ...(quietHours === null ? [] : [`quiet ${quietWords(quietHours)}`]),
    ...(ping === null ? [] : [pingWords(ping)]),
    ...(route.publish ? ['published to followers'] : []),
    ...(route.thread ? ['a thread at each post'] : []),
    ...(route.tagIds.length === 0 ? [] : [`${route.tagIds.length} of the forum’s tags`]),
    `in ${LANGUAGE_WORDS.get(route.language) ?? inline(route.language, { max: 20, empty: '…' })}`,
    ...(own ? ['words of your own'] : []),
  ].join(' · ');
}

function pingWords({ roleId, everyMs }: NonNullable<Route['ping']>): string {
  const often = everyMs === 0 ? 'each time' : `at most once in ${duration(everyMs)}`;
  return `pings <@&${roleId}> ${often}`;
}

function quietWords({ fromMinute, toMinute, timeZone }: QuietHours): string {
  return `${clock(fromMinute)}–${clock(toMinute)} ${inline(timeZone, { max: 40, empty: '…' })}`;
}

const clock = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');

const FILTER_WORDS: readonly (readonly [keyof Filter, string])[] = [
  ['events', 'only the events'],
  ['branches', 'only the branches'],
  ['paths', 'only the files'],
  ['authors', 'only by'],
  ['contains', 'only with the words'],
  ['lacks', 'not with the words'],
];

function filterWords(filter: Filter): string[] {
  return FILTER_WORDS.flatMap(([key, words]) => {
    const patterns = filter[key] ?? [];
    return patterns.length === 0
      ? []
      : [`${words} ${inline(patterns.join(', '), { max: 80, empty: '…' })}`];
  });
}
