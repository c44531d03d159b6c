import type { IncomingHttpHeaders } from 'node:http';
import type { SourceRecord, SubscriptionRecord } from '../../src/db/announcements';
import type { Item } from '../../src/domain/announcements/item';
import { newsOf } from '../../src/domain/announcements/subscription/news';
import type { PollOutcome } from '../../src/domain/announcements/subscription/subscription';
import { fetchBounded, FetchFailure, retryAfter, type Fetched } from '../../src/network/fetch';
import { deliveryKey, packDelivery } from '../../src/storage/deliveries';
import { boundSource } from '../../src/web/sources/bound';
import { discoverHub } from '../../src/web/sources/feed/discovery';
import { textOf } from '../../src/web/sources/feed-document';
import { keptOf } from '../../src/web/sources/kept';
import type { SubscriptionInput } from '../../workflows/subscription/contract';
import type { Attempt } from '../attempt';
import type { SubscriptionDependencies } from './dependencies';
import { inStorage } from '../in-storage';
import { digest, feedOf, hubFound, placeOf, type FeedPlace } from './places';
import { unasked } from './unasked';

const TIMEOUT_MS = 20_000;
/** Of what a server says of itself, and is asked with the next time. */
const MOST_LETTERS = 500;

/**
 * Reads a feed, if it changed since the last time, and starts the announcement of what is new in it. What is
 * known of the feed is recorded last: a try that dies before begins anew, and comes to the same delivery.
 */
export async function pollFeed(
  deps: SubscriptionDependencies,
  source: SubscriptionInput,
  attempt: Attempt,
): Promise<PollOutcome> {
  const record = await deps.records.source(source.guildId, source.sourceId);
  const feed = record === null ? null : feedOf(record.settings, deps);
  if (record === null || feed === null) return { outcome: 'gone' };
  const read = await readFeed(deps, record, feed, attempt);
  const { outcome } = read;
  const now = await deps.records.source(source.guildId, source.sourceId);
  await deps.records.setSubscription(source.guildId, source.sourceId, {
    ...(now?.subscription ?? unasked(feed.address)),
    askedFeedAt: attempt.now,
    ...(outcome.outcome === 'fine' ? { ...read.marks } : { error: outcome.reason }),
  });
  return outcome;
}

interface Read {
  readonly outcome: Exclude<PollOutcome, { readonly outcome: 'gone' }>;
  /** What the records say of it from now on. */
  readonly marks: Partial<SubscriptionRecord>;
}

async function readFeed(
  deps: SubscriptionDependencies,
  record: SourceRecord,
  feed: FeedPlace,
  attempt: Attempt,
): Promise<Read> {
  const place = { guildId: record.guildId, sourceId: record.settings.id };
  const known = await deps.records.knownEntries(place, digest(feed.address));
  // What was read of another feed says nothing of this one.
  const fetched = await ask(feed, known === null ? null : record.subscription, attempt);
  if (fetched instanceof FetchFailure) return failed('unreachable', fetched.message, null);
  const { status, headers, body } = fetched;
  const error = record.subscription?.state === 'refused' ? record.subscription.error : null;
  if (status === 304) return { outcome: { outcome: 'fine', delivered: false }, marks: { error } };
  if (status === 410) {
    return failed('ended', 'Its server says that the feed is gone for good (410).', null);
  }
  if (status !== 200) {
    return failed(
      'unreachable',
      `Its server answers with ${status}.`,
      retryAfter(headers, attempt.now),
    );
  }
  const bound = boundSource(record.guildId, record.settings);
  const request = { method: 'POST', headers: typeOf(headers), query: {}, body } as const;
  const delivery = bound.parse(request);
  if (delivery.result === 'malformed') return failed('malformed', delivery.problem, null);
  const items: readonly Item[] = delivery.result === 'items' ? delivery.items : [];
  const { news, known: next } = newsOf(items, known, record.createdAt, digest);
  if (news.length > 0) {
    // The same for a try that died before it recorded what is known by now, and no other's.
    const content = JSON.stringify([feed.address, record.createdAt, next.version, news]);
    const deliveryId = `p-${digest(content)}`;
    const storageKey = deliveryKey(place, deliveryId, attempt.now);
    const kept = packDelivery({ ...keptOf(bound, request), news });
    const options = { contentType: 'application/octet-stream' };
    await inStorage(() => deps.storage.put(storageKey, kept, options));
    await deps.announce({
      ...{ ...place, deliveryId, storageKey },
      bytes: body.length,
      receivedAt: attempt.now,
    });
  }
  await deps.records.setKnownEntries(place, digest(feed.address), next);
  const found = discoverHub(textOf(body, request.headers['content-type'] ?? null), linkOf(headers));
  const hub = found === null ? null : hubFound(record, feed, found, deps);
  return {
    outcome: {
      outcome: 'fine',
      delivered: news.length > 0,
      hub: hub === null ? null : placeOf(hub, deps),
    },
    marks: { etag: mark(headers.etag), lastModified: mark(headers['last-modified']), error },
  };
}

async function ask(
  { address, allowInternal }: FeedPlace,
  last: SubscriptionRecord | null,
  { signal }: Attempt,
): Promise<Fetched | FetchFailure> {
  const headers = {
    accept: 'application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.1',
    ...(last !== null && last.etag !== null && { 'if-none-match': last.etag }),
    ...(last !== null && last.lastModified !== null && { 'if-modified-since': last.lastModified }),
  };
  try {
    return await fetchBounded(
      { method: 'GET', url: address, headers },
      { allowInternal, mostBytes: MOST_BYTES, timeoutMs: TIMEOUT_MS, signal },
    );
  } catch (error) {
    if (error instanceof FetchFailure) return error;
    throw error;
  }
}

/** Of a feed, in bytes: as much as a hub may send. */
const MOST_BYTES = 1_048_576;

const failed = (
  outcome: 'unreachable' | 'malformed' | 'ended',
  reason: string,
  notBefore: number | null,
): Read => ({ outcome: { outcome, reason, notBefore }, marks: {} });

const typeOf = (headers: IncomingHttpHeaders): Readonly<Record<string, string>> => {
  const type = headers['content-type'];
  return type === undefined ? {} : { 'content-type': type };
};

const linkOf = ({ link }: IncomingHttpHeaders): string | undefined =>
  Array.isArray(link) ? link.join(', ') : link;

const mark = (value: string | undefined): string | null =>
  value === undefined || value.length > MOST_LETTERS ? null : value;
