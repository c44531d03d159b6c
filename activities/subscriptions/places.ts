import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SourceRecord } from '../../src/db/announcements';
import type { HubPlace } from '../../src/domain/announcements/subscription/subscription';
import { isLocal, sourceAddress } from '../../src/discord/announcements/address';
import type { Discovered } from '../../src/web/sources/feed/discovery';
import { channelFeed } from '../../src/web/sources/youtube/parse';
import type { SubscriptionDependencies } from './dependencies';

/** A feed that is read again and again. */
export interface FeedPlace {
  readonly address: string;
  readonly everyMs: number;
  readonly everyMsWithHub: number;
  readonly allowInternal: boolean;
}

/** YouTube's hub refuses new subscriptions at times, and tells of edits late: its feeds are read all the same. */
const YOUTUBE_EVERY_MS = 10 * 60_000;
const YOUTUBE_EVERY_MS_WITH_HUB = 30 * 60_000;

type Settings = SourceRecord['settings'];
type Parts = Pick<SubscriptionDependencies, 'youtube' | 'publicUrl' | 'seal'>;

/** @returns `null`: it is not a feed */
export function feedOf({ origin }: Settings, { youtube }: Parts): FeedPlace | null {
  switch (origin.provider) {
    case 'youtube': {
      const { pathname, search } = new URL(channelFeed(origin.channelId));
      return {
        address: `${youtube.url}${pathname}${search}`,
        everyMs: YOUTUBE_EVERY_MS,
        everyMsWithHub: YOUTUBE_EVERY_MS_WITH_HUB,
        allowInternal: youtube.urlExplicit,
      };
    }
    case 'feed': {
      const { address, everyMs, allowInternal } = origin;
      return { address, everyMs, everyMsWithHub: everyMs, allowInternal };
    }
    default:
      return null;
  }
}

/** A hub, with what is subscribed to at it and for whom. */
export interface Hub {
  readonly url: string;
  readonly topic: string;
  /** Where it sends what is new, and asks. */
  readonly callback: string;
  readonly allowInternal: boolean;
}

/** @returns `null`: it has none of its own, or it could not reach us; `found`: the feed may name one */
export function hubOf(
  { guildId, settings }: Pick<SourceRecord, 'guildId' | 'settings'>,
  { youtube, publicUrl }: Parts,
): Hub | 'found' | null {
  const { origin } = settings;
  if (origin.provider === 'feed') return 'found';
  if (origin.provider !== 'youtube' || !canReach(publicUrl, youtube.hubUrl)) return null;
  return {
    url: youtube.hubUrl,
    topic: channelFeed(origin.channelId),
    callback: sourceAddress(publicUrl, guildId, settings),
    allowInternal: youtube.hubUrlExplicit,
  };
}

/**
 * The hub that a feed names.
 *
 * @param self what the feed calls itself; `null`: it does not say
 * @returns `null`: it is none, or it could not reach us
 */
export function hubFound(
  { guildId, settings }: Pick<SourceRecord, 'guildId' | 'settings'>,
  { address, allowInternal }: FeedPlace,
  { hub, self }: Discovered,
  { publicUrl }: Parts,
): Hub | null {
  if (!URL.canParse(hub, address) || !URL.canParse(self ?? address, address)) return null;
  const url = new URL(hub, address).href;
  if (!canReach(publicUrl, url) || (isLocal(url) && !allowInternal)) return null;
  const topic = self === null ? address : new URL(self, address).href;
  return { url, topic, callback: sourceAddress(publicUrl, guildId, settings), allowInternal };
}

/** A hub on the Internet finds no way to an address in a private network, such as that of a trial. */
const canReach = (publicUrl: string, hubUrl: string): boolean =>
  !isLocal(publicUrl) || isLocal(hubUrl);

const hubSchema = z.object({
  url: z.string(),
  topic: z.string(),
  callback: z.string(),
  allowInternal: z.boolean(),
});

/** As workflows name it. */
export const placeOf = (hub: Hub, { seal }: Pick<Parts, 'seal'>): HubPlace => ({
  id: digest(JSON.stringify([hub.url, hub.topic, hub.callback])),
  sealed: seal.seal(hub),
});

export const openPlace = ({ sealed }: HubPlace, { seal }: Pick<Parts, 'seal'>): Hub =>
  seal.open(sealed, hubSchema);

/** 16 letters: enough to tell a feed's entries and a guild's feeds apart. */
export const digest = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 16);
