import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { MockActivityEnvironment, type TestWorkflowEnvironment } from '@temporalio/testing';
import {
  createSubscriptionActivities,
  type SubscriptionDependencies,
} from '../../activities/subscriptions';
import { DatabaseUnavailable } from '../../src/db/connection';
import {
  deliveriesPrefix,
  deliveryKey,
  keysOf,
  unpackDelivery,
} from '../../src/storage/deliveries';
import { createAnnouncementRecorder, type SourceRecord } from '../../src/db/announcements';
import { advance } from '../../src/domain/announcements/subscription/advance';
import {
  newSubscription,
  type PollOutcome,
  type SubscriptionCommand,
} from '../../src/domain/announcements/subscription/subscription';
import { refusedSignal, sourceChangedSignal } from '../../workflows/subscription/contract';
import { DEMO } from '../../sandbox';
import { source } from '../contracts/announcement-fixtures';
import { timeSkippingEnvironment } from '../parts';
import { CHANNEL } from '../peers/feed-host';
import { SourceHouse } from '../subscriptions/source-house';
import { keepHistory } from './kept-history';
import { registerSearchAttributes } from './search-attributes';
import { until } from './until';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YOUTUBE = { provider: 'youtube', channelId: CHANNEL } as const;

describe('the keeper of a source', () => {
  let env: TestWorkflowEnvironment;
  let house: SourceHouse;

  beforeAll(async () => {
    env = await timeSkippingEnvironment();
    await registerSearchAttributes(env);
    house = await SourceHouse.open(env);
  });

  afterAll(async () => {
    await house.close();
    await env.teardown();
  });

  const recordWith = (id: string, what: (record: SourceRecord) => boolean) =>
    until(`the record of ${id}`, async () => {
      const record = await house.record(id);
      return record !== null && what(record) ? record : null;
    });
  const active = (id: string) =>
    recordWith(id, ({ subscription }) => subscription?.state === 'active');
  const polled = (id: string) =>
    recordWith(
      id,
      ({ subscription }) => subscription?.askedFeedAt !== null && subscription !== null,
    );
  const feed = (everyMs: number) =>
    ({ provider: 'feed', address: house.host.newsUrl, everyMs, allowInternal: true }) as const;
  const ended = async (id: string): Promise<WorkflowHandle> => {
    const handle = await house.remove(id);
    await handle.result();
    return handle;
  };

  // First: sources are defined by the clock of the database, which does not skip.
  it('tells what is wrong with a source, and what to do, once', async () => {
    const { host } = house;
    const handle = await house.keep('troubled', { provider: 'github' }, { silentAfterMs: 2 * DAY });
    for (let minute = 0; minute < 3; minute += 1) {
      await handle.signal(refusedSignal, {
        reason: 'wrong-signature',
        count: 10,
        at: house.now(),
      });
    }
    await recordWith('troubled', ({ told }) => told.includes('mis-signed'));
    await house.sleep(3 * DAY);
    await recordWith('troubled', ({ told }) => told.join() === 'silent');
    const told = await house.toldOf('troubled');
    expect(told.map((words) => /not signed|for a day|nothing has come/.exec(words)?.[0])).toEqual([
      'not signed',
      'for a day',
      'nothing has come',
    ]);
    await ended('troubled');
    await keepHistory('subscription-in-trouble', handle);

    host.feed = 'is-gone';
    await house.keep('gone-feed', feed(HOUR));
    await recordWith('gone-feed', ({ told: known }) => known.includes('feed'));
    expect((await house.record('gone-feed'))?.subscription?.error).toContain('410');
    expect((await house.toldOf('gone-feed'))[0]).toContain('give the source another one');
    host.feed = 'fine';
    await house.sleep(25 * HOUR);
    await recordWith('gone-feed', ({ told: known }) => known.length === 0);
    await ended('gone-feed');
  });

  it('subscribes at the hub; what the hub sends and the feed shows is a delivery each', async () => {
    const { host } = house;
    host.asked.length = 0;
    host.put({ id: 'years-old', title: 'Ages ago', at: house.now() - 900 * DAY });
    const handle = await house.keep('videos', YOUTUBE);
    await Promise.all([active('videos'), polled('videos')]);
    const [subscription] = [...host.subscriptions.values()];
    expect(subscription?.topic).toBe(
      `https://www.youtube.com/feeds/videos.xml?channel_id=${CHANNEL}`,
    );
    expect(house.deliveriesOf('videos')).toEqual([]);

    host.put({ id: 'siege', title: 'The siege', at: house.now() });
    expect(await host.send('siege')).toEqual([202]);
    expect(await host.send('siege')).toEqual([202]);
    // Another's signature is taken and thrown away.
    expect(await host.send('years-old', { secret: 'another' })).toEqual([204]);
    expect(house.deliveriesOf('videos')).toHaveLength(1);
    await house.sleep(31 * MINUTE);
    const [pushed, found, ...more] = await until('the feed to be read', () => {
      const deliveries = house.deliveriesOf('videos');
      return Promise.resolve(deliveries.length > 1 && deliveries);
    });
    expect(more).toEqual([]);
    const kept = async (key: string | undefined) =>
      unpackDelivery((await house.storage.get(key ?? '')) ?? Buffer.alloc(0));
    expect((await kept(pushed?.storageKey)).news).toBeNull();
    expect((await kept(found?.storageKey)).news).toEqual(['video:youtube:siege']);
    await house.sleep(31 * MINUTE);
    expect(house.deliveriesOf('videos')).toHaveLength(2);
    expect(host.polls.at(-1)).toBe(304);
    expect(await house.toldOf('videos')).toEqual([]);

    await ended('videos');
    await host.until(({ subscriptions }) => subscriptions.size === 0);
    expect(host.asked).toEqual(['subscribe', 'unsubscribe']);
    expect(await house.storage.list(deliveriesPrefix(DEMO.guild, 'videos'))).toEqual([]);
    await keepHistory('subscription-of-a-channel', handle);
  });

  it('renews the lease for a month, so that it never ends', async () => {
    const { host } = house;
    host.asked.length = 0;
    const handle = await house.keep('month', feed(DAY));
    await active('month');
    for (let day = 0; day < 30; day += 1) {
      await house.sleep(DAY);
      const [{ leaseUntil } = { leaseUntil: 0 }] = [...host.subscriptions.values()];
      expect(leaseUntil).toBeGreaterThan(house.now());
    }
    expect(host.asked.filter((mode) => mode === 'subscribe')).toHaveLength(8);
    await ended('month');
    await keepHistory('subscription-renewed-for-a-month', handle);
  });

  it('is back after a day in which hub and feed were away and the lease ended', async () => {
    const { host } = house;
    host.leaseSeconds = 3_600;
    await house.keep('away', feed(HOUR));
    await Promise.all([active('away'), polled('away')]);
    const before = house.deliveriesOf('away').length;
    host.hub = 'is-away';
    host.feed = 'is-away';
    await house.sleep(DAY);
    host.put({ id: 'missed', title: 'While nobody looked', at: house.now() - HOUR });
    expect(await host.send('missed')).toEqual([]);
    expect((await house.record('away'))?.subscription?.state).toBe('asked');
    host.leaseSeconds = 432_000;
    host.hub = 'grants';
    host.feed = 'fine';
    await house.sleep(6 * HOUR);
    await active('away');
    await until('what was missed', () =>
      Promise.resolve(house.deliveriesOf('away').length > before),
    );
    expect(house.deliveriesOf('away')).toHaveLength(before + 1);
    await recordWith('away', ({ told }) => told.length === 0);
    await ended('away');
  });

  it('goes on at once after a day in which it could not run itself', async () => {
    const { host } = house;
    host.asked.length = 0;
    host.put({ id: 'overnight', title: 'Overnight', at: house.now() + MINUTE });
    // What it knew a day ago, when nothing ran any more: a lease of an hour, and a feed to be looked at soon.
    const yesterday = house.now() - DAY;
    const handle = await house.goOn('overnight', YOUTUBE, (look) => {
      const commands: SubscriptionCommand[] = [
        { type: 'looking' },
        { type: 'looked', look },
        { type: 'asking' },
        { type: 'hub-asked', act: 'subscribe', leaseSeconds: 3_600 },
        { type: 'polled', outcome: { outcome: 'fine', delivered: false } },
      ];
      return commands.reduce(
        (state, command) => advance(state, command, yesterday),
        newSubscription(yesterday),
      );
    });
    const { subscription } = await active('overnight');
    expect(subscription?.leaseUntil).toBeGreaterThan(house.now());
    expect(host.asked).toEqual(['subscribe']);
    await until('the video', () => Promise.resolve(house.deliveriesOf('overnight').length > 0));
    expect(await house.toldOf('overnight')).toEqual([]);
    await ended('overnight');
    await keepHistory('subscription-after-a-day-down', handle);
  });

  it.each(['refuses', 'denies'] as const)(
    'tells once that the hub %s, looks at the feed meanwhile, and tells when that is over',
    async (mood) => {
      const { host } = house;
      const id = `hub-${mood}`;
      host.hub = mood;
      await house.keep(id, YOUTUBE);
      await recordWith(id, ({ told }) => told.includes('hub'));
      expect((await house.record(id))?.subscription).toMatchObject({ state: 'refused' });
      host.put({ id: `${id}-1`, title: 'All the same', at: house.now() });
      await house.sleep(11 * MINUTE);
      await until('the feed', () => Promise.resolve(house.deliveriesOf(id).length > 0));
      await house.sleep(4 * HOUR);
      const [told, ...more] = await house.toldOf(id);
      expect(more).toEqual([]);
      expect(told).toContain('looked at regularly');
      host.hub = 'grants';
      await house.sleep(5 * HOUR);
      await active(id);
      await recordWith(id, (record) => record.told.length === 0);
      expect((await house.toldOf(id)).slice(1)).toEqual([expect.stringContaining('✅')]);
      await ended(id);
    },
  );

  it('does not reach into private networks', async () => {
    await house.keep('inside', { ...feed(HOUR), allowInternal: false });
    const record = await polled('inside');
    expect(record.subscription?.error).toContain('private or local network');
    await ended('inside');
  });

  it('goes on in a new run when its history has grown long, and forgets nothing by that', async () => {
    const { host } = house;
    host.hub = 'grants';
    const first = await house.keep('long', YOUTUBE);
    const { subscription } = await active('long');
    const asked = host.asked.length;
    const { runId } = await first.describe();
    // The server suggests a new run from 4 MiB on, or after as many events as take much longer.
    for (let time = 0; time < 5; time += 1) {
      await first.signal(sourceChangedSignal.name, 'x'.repeat(1_000_000));
    }
    // Once: a run that is told something all the time cannot end.
    await house.tell('long');
    await until('the new run', async () => (await first.describe()).runId !== runId);
    await house.sleep(HOUR);
    expect(host.asked.length).toBe(asked);
    await house.sleep(Math.max(0, (subscription?.leaseUntil ?? 0) - DAY - house.now()));
    await until('the renewal', () => Promise.resolve(host.asked.length === asked + 1));
    await ended('long');
  });

  it('comes to the same delivery when a look at the feed dies in the middle', async () => {
    const { host } = house;
    const place = { guildId: DEMO.guild, sourceId: 'dies' };
    await house.deps.records.putSource(DEMO.guild, source('dies', { origin: feed(HOUR) }));
    const look = (more: Partial<SubscriptionDependencies> = {}) => {
      const activities = createSubscriptionActivities({ ...house.deps, ...more });
      const begun = { currentAttemptScheduledTimestampMs: house.now() };
      const run = () => activities.pollFeed(place);
      return new MockActivityEnvironment(begun).run<[], PollOutcome, typeof run>(run);
    };
    await look();
    const before = house.deliveriesOf('dies').length;
    host.put({ id: 'twice', title: 'Once', at: house.now() });
    const away = () => Promise.reject(new Error('Temporal is away'));
    await expect(look({ announce: away })).rejects.toThrow();
    const setKnownEntries = () => Promise.reject(new DatabaseUnavailable(new Error('gone')));
    const records = { ...house.deps.records, setKnownEntries };
    await expect(look({ records })).rejects.toThrow();
    expect(await look()).toMatchObject({ outcome: 'fine', delivered: true });
    expect(await look()).toMatchObject({ outcome: 'fine', delivered: false });
    expect(house.deliveriesOf('dies')).toHaveLength(before + 1);

    host.feed = 'is-away';
    host.retryAfter = '7200';
    const asked = house.now();
    const outcome = await look();
    expect(outcome).toMatchObject({ outcome: 'unreachable', reason: expect.stringMatching(/503/) });
    const notBefore = 'notBefore' in outcome ? outcome.notBefore : null;
    expect(notBefore).toBeGreaterThanOrEqual(asked + 7_200_000);
    host.feed = 'is-no-feed';
    expect(await look()).toMatchObject({ outcome: 'malformed' });
    host.feed = 'fine';
  });

  it('erases deliveries that were kept for long enough, and what was never recorded', async () => {
    await house.keep('kept', { provider: 'github' }, { keepDeliveriesMs: 5 * DAY });
    const put = async (id: string, at: number, isRecorded: boolean): Promise<string> => {
      const place = { guildId: DEMO.guild, sourceId: 'kept' };
      const storageKey = deliveryKey(place, id, at);
      await house.storage.put(storageKey, Buffer.from('x'), { contentType: 'text/plain' });
      const delivery = {
        ...{ ...place, id, storageKey, receivedAt: at, bytes: 1, items: 0 },
        ...({ fate: 'filtered', reason: null } as const),
      };
      if (isRecorded) await createAnnouncementRecorder(house.knex).plan(delivery, [], at);
      return storageKey;
    };
    const from = house.now();
    await put('old', from, true);
    // Too young to be looked for as lost.
    for (const key of keysOf(await put('whole', from + 3 * DAY, true))) {
      await house.storage.put(key, Buffer.from('x'), { contentType: 'text/plain' });
    }
    await put('lost', from, false);
    const young = await put('young', from + 9 * DAY, true);
    await house.sleep(9 * DAY);
    await until('the old ones to be erased', async () => {
      const keys = await house.storage.list(deliveriesPrefix(DEMO.guild, 'kept'));
      return keys.length === 1 && keys[0] === young;
    });
    expect((await house.deps.records.delivery(DEMO.guild, 'kept', 'old'))?.storageKey).toBeNull();
    await ended('kept');
    expect(await house.storage.list(deliveriesPrefix(DEMO.guild, 'kept'))).toEqual([]);
  });
});
