import { describe, expect, it } from '@jest/globals';
import {
  createAnnouncementReader,
  createAnnouncementRecorder,
  type SubscriptionRecord,
} from '../../src/db/announcements';
import { UnknownGuild } from '../../src/db/case-errors';
import type { SourceSettings } from '../../src/domain/announcements/settings';
import { delivery, route, source } from '../contracts/announcement-fixtures';
import { GUILD, OTHER_GUILD } from '../contracts/case-fixtures';
import { freshRecords } from '../contracts/fresh-records';
import { DAY, HOUR, START } from '../contracts/watch-fixtures';

const records = freshRecords({ [GUILD]: 'Anvil', [OTHER_GUILD]: 'Bellows' });

const recorder = () => createAnnouncementRecorder(records.knex);
const reader = () => createAnnouncementReader(records.knex);
const apply = (...definitions: SourceSettings[]) =>
  recorder().applySources(GUILD, 'file', definitions);
const idsOf = async (guildId?: string) =>
  (await reader().sources(guildId)).map(({ settings }) => settings.id);

/** Whatever can be said of a source. */
const EVERY_KIND: readonly SourceSettings[] = [
  source('git', {
    routes: [
      route({
        channelKind: 'forum',
        filter: { events: ['push'], branches: ['main'], paths: ['src/**'], authors: ['!bot'] },
        template: { content: 'New', title: 'T', description: 'D', footer: 'F' },
        ping: { roleId: '5', everyMs: HOUR },
        tagIds: ['6'],
        thread: true,
        publish: true,
        digestMs: HOUR,
        quietHours: { fromMinute: 1_320, toMinute: 420, timeZone: 'Europe/Berlin' },
      }),
    ],
    staffChannelId: '7',
    silentAfterMs: DAY,
  }),
  source('json', {
    origin: {
      provider: 'generic',
      authentication: {
        ...{ kind: 'hmac', header: 'x-sign', algorithm: 'sha512', encoding: 'base64', prefix: '' },
      },
      mapping: { items: '$.all', title: '$.name', fields: [{ name: 'Zone', value: '$.zone' }] },
    },
    secretVariables: ['WEBHOOK_SECRET_JSON'],
  }),
  source('rss', {
    origin: {
      ...{ provider: 'feed', address: 'https://a.example/feed' },
      ...{ everyMs: HOUR, allowInternal: true },
    },
  }),
  source('tube', { origin: { provider: 'youtube', channelId: 'UC1' } }),
  source('zap', { origin: { provider: 'zapier', mapping: 'twitter' } }),
];

describe('the sources of a file', () => {
  it('are read as they were written', async () => {
    expect(await apply(...EVERY_KIND)).toEqual({
      added: ['git', 'json', 'rss', 'tube', 'zap'],
      changed: [],
      removed: [],
    });
    const found = await reader().sources(GUILD);
    expect(found.map(({ settings }) => settings)).toEqual(EVERY_KIND);
    expect(found[0]).toMatchObject({
      ...{ guildId: GUILD, origin: 'file', told: [], secrets: [], subscription: null },
    });
    expect((await reader().source(GUILD, 'json'))?.settings).toEqual(EVERY_KIND[1]);
    expect(await reader().source(OTHER_GUILD, 'json')).toBeNull();
  });

  it('are not written when nothing changed', async () => {
    await apply(...EVERY_KIND);
    const before: unknown = await records.knex('announcement_sources').orderBy('id');
    expect(await apply(...EVERY_KIND)).toEqual({ added: [], changed: [], removed: [] });
    expect(await records.knex('announcement_sources').orderBy('id')).toEqual(before);
  });

  it('are applied once when several processes start at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => apply(source('git'))));
    expect(outcomes.flatMap(({ added }) => added)).toEqual(['git']);
  });

  it('follow the file, and leave those of commands and of other guilds alone', async () => {
    await recorder().putSource(GUILD, source('mine'));
    await recorder().applySources(OTHER_GUILD, 'file', [source('git')]);
    await apply(source('git'), source('old'));
    expect(await apply(source('git', { silentAfterMs: DAY }))).toEqual({
      added: [],
      changed: ['git'],
      removed: ['old'],
    });
    expect(await idsOf(GUILD)).toEqual(['git', 'mine']);
    await apply();
    expect(await idsOf(GUILD)).toEqual(['mine']);
    expect((await reader().sources()).map(({ guildId }) => guildId)).toEqual([GUILD, OTHER_GUILD]);
  });

  it('take over one of a command, with its secret', async () => {
    await recorder().putSource(GUILD, source('git'));
    await recorder().addSecret(GUILD, 'git', { sealed: 's', madeAt: START, othersUntil: START });
    expect(await apply(source('git'))).toEqual({ added: [], changed: [], removed: [] });
    expect(await reader().source(GUILD, 'git')).toMatchObject({
      origin: 'file',
      secrets: [{ sealed: 's' }],
    });
  });

  it('are refused for a guild that is not set up', async () => {
    await expect(recorder().applySources('42', 'file', [source()])).rejects.toThrow(UnknownGuild);
    await expect(recorder().putSource('42', source())).rejects.toThrow(UnknownGuild);
  });
});

describe('sources of commands', () => {
  it('are added, changed, left alone and removed', async () => {
    const put = (more = {}) => recorder().putSource(GUILD, source('git', more));
    expect(await put()).toEqual({ outcome: 'added' });
    expect(await put()).toEqual({ outcome: 'unchanged' });
    expect(await put({ silentAfterMs: DAY })).toEqual({ outcome: 'changed' });
    expect(await recorder().removeSource(GUILD, 'git')).toEqual({ outcome: 'removed' });
    expect(await recorder().removeSource(GUILD, 'git')).toEqual({ outcome: 'unknown' });
  });

  it('do not touch what the file says', async () => {
    await apply(source('git'));
    expect(await recorder().putSource(GUILD, source('git', { silentAfterMs: DAY }))).toEqual({
      outcome: 'in-file',
    });
    expect(await recorder().removeSource(GUILD, 'git')).toEqual({ outcome: 'in-file' });
    expect((await reader().source(GUILD, 'git'))?.settings).toEqual(source('git'));
  });

  it('take their deliveries with them', async () => {
    await recorder().putSource(GUILD, source());
    await recorder().plan(delivery('d1'), [], START);
    await recorder().removeSource(GUILD, source().id);
    expect(await records.knex('deliveries')).toEqual([]);
  });
});

describe('secrets', () => {
  const secretsOf = async (id: string) => (await reader().source(GUILD, id))?.secrets;
  const later = START + DAY;

  it('that we made are exchanged while the ones before are valid', async () => {
    await apply(source('git'));
    const secret = { sealed: 'one', madeAt: START, othersUntil: START };
    expect(await recorder().addSecret(GUILD, 'git', secret)).toBe(true);
    expect(await recorder().addSecret(GUILD, 'git', secret)).toBe(true);
    const next = { sealed: 'two', madeAt: START + HOUR, othersUntil: later };
    expect(await recorder().addSecret(GUILD, 'git', next)).toBe(true);
    expect(await recorder().addSecret(GUILD, 'git', next)).toBe(true);
    expect(await secretsOf('git')).toEqual([
      { sealed: 'two', madeAt: START + HOUR, validUntil: null },
      { sealed: 'one', madeAt: START, validUntil: later },
    ]);
    const last = { sealed: 'three', madeAt: later, othersUntil: later + DAY };
    await recorder().addSecret(GUILD, 'git', last);
    expect((await secretsOf('git'))?.map(({ sealed }) => sealed)).toEqual(['three', 'two']);
    expect(await recorder().addSecret(GUILD, 'none', last)).toBe(false);
  });

  it('are elsewhere where environment variables hold them', async () => {
    await apply(source('git'));
    const secret = { sealed: 'one', madeAt: START, othersUntil: START };
    await recorder().addSecret(GUILD, 'git', secret);
    await apply(source('git', { secretVariables: ['WEBHOOK_SECRET'] }));
    expect(await secretsOf('git')).toEqual([]);
  });
});

describe('what is kept beside a source', () => {
  const subscription: SubscriptionRecord = {
    topic: 'https://a.example/feed',
    state: 'active',
    askedAt: START,
    leaseUntil: START + DAY,
    etag: '"1"',
    lastModified: null,
    askedFeedAt: START,
    error: null,
  };

  it('is its subscription', async () => {
    await apply(source('rss'));
    await recorder().setSubscription(GUILD, 'rss', subscription);
    expect((await reader().source(GUILD, 'rss'))?.subscription).toEqual(subscription);
    const refused: SubscriptionRecord = {
      ...{ ...subscription, state: 'refused', leaseUntil: null, etag: null },
      ...{ lastModified: 'Mon', error: 'The hub says no.' },
    };
    await recorder().setSubscription(GUILD, 'rss', refused);
    expect((await reader().source(GUILD, 'rss'))?.subscription).toEqual(refused);
    await recorder().setSubscription(GUILD, 'gone', subscription);
    await apply();
    expect(await records.knex('source_subscriptions')).toEqual([]);
  });

  it('is what administrators were told, once', async () => {
    await apply(source('rss'));
    const told = await Promise.all(
      Array.from({ length: 4 }, () => recorder().told(GUILD, 'rss', 'silent')),
    );
    expect(told.filter((is) => is)).toHaveLength(1);
    expect((await reader().source(GUILD, 'rss'))?.told).toEqual(['silent']);
    expect(await recorder().over(GUILD, 'rss', 'failing')).toBe(false);
    expect(await recorder().over(GUILD, 'rss', 'silent')).toBe(true);
    expect(await recorder().over(GUILD, 'rss', 'silent')).toBe(false);
    expect(await recorder().told(GUILD, 'rss', 'silent')).toBe(true);
    expect(await recorder().told(GUILD, 'gone', 'silent')).toBe(false);
  });

  it('are its deliveries, until they are erased and forgotten', async () => {
    await apply(source());
    const { id } = source();
    for (const day of [0, 1, 2]) {
      await recorder().plan(delivery(`d${day}`, { receivedAt: START + day * DAY }), [], START);
    }
    const before = START + 2 * DAY;
    expect(await recorder().expired(GUILD, id, before, 1)).toEqual(['deliveries/d0']);
    expect(await recorder().expired(GUILD, id, before, 9)).toEqual([
      'deliveries/d0',
      'deliveries/d1',
    ]);
    await recorder().erased(GUILD, id, ['deliveries/d0']);
    expect(await recorder().expired(GUILD, id, before, 9)).toEqual(['deliveries/d1']);
    expect((await reader().delivery(GUILD, id, 'd0'))?.storageKey).toBeNull();
    expect(await recorder().forget(GUILD, id, before, 9)).toBe(1);
    expect(await recorder().forget(GUILD, id, before, 9)).toBe(0);
    expect(await reader().delivery(GUILD, id, 'd0')).toBeNull();
    expect(await reader().delivery(GUILD, id, 'd1')).not.toBeNull();
  });
});
