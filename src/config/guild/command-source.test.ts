import { describe, expect, it } from '@jest/globals';
import { SAYS_NOTHING, type SourceWish } from '../../domain/announcements/wish';
import { sourceFromCommand } from './command-source';
import { sourceSettingsSchema } from './resolved-announcements';

const CHANNEL = { id: '500', kind: 'text' } as const;
const YOUTUBE = 'UC_x5XG1OV2P6uZZ5FSM9Ttw';

const wish = (more: Partial<SourceWish>): SourceWish => ({
  ...SAYS_NOTHING,
  channel: CHANNEL,
  ...more,
});

const settingsOf = (...args: Parameters<typeof sourceFromCommand>) => {
  const read = sourceFromCommand(...args);
  if (!read.ok) throw new Error(read.reasons.join('\n'));
  return read.settings;
};

const reasonsOf = (...args: Parameters<typeof sourceFromCommand>): string => {
  const read = sourceFromCommand(...args);
  return read.ok ? '' : read.reasons.join('\n');
};

const added = (more: Partial<SourceWish>) => settingsOf('keep', wish(more), null);
const refused = (more: Partial<SourceWish>) => reasonsOf('keep', wish(more), null);

describe('a source that is added by command', () => {
  it.each<[Partial<SourceWish>, object]>([
    [{ provider: 'github' }, { provider: 'github' }],
    [
      { provider: 'youtube', youtubeChannel: YOUTUBE },
      { provider: 'youtube', channelId: YOUTUBE },
    ],
    [
      {
        provider: 'youtube',
        youtubeChannel: `https://www.youtube.com/channel/${YOUTUBE}/videos?view=0`,
      },
      { provider: 'youtube', channelId: YOUTUBE },
    ],
    [
      { provider: 'feed', feed: 'https://blog.example.com/feed.xml', everyMs: 300_000 },
      {
        provider: 'feed',
        address: 'https://blog.example.com/feed.xml',
        everyMs: 300_000,
        allowInternal: false,
      },
    ],
    [{ provider: 'zapier' }, { provider: 'zapier', mapping: 'plain' }],
    [
      { provider: 'zapier', zapierMapping: 'youtube' },
      { provider: 'zapier', mapping: 'youtube' },
    ],
    [
      { provider: 'generic', authentication: 'hmac', title: '$.release.title' },
      {
        provider: 'generic',
        authentication: { kind: 'hmac', header: 'x-signature-256', prefix: 'sha256=' },
        mapping: { title: '$.release.title', text: '$.text', url: '$.url' },
      },
    ],
  ])('from %j', (more, origin) => {
    const settings = added(more);
    expect(settings.origin).toMatchObject(origin);
    expect(sourceSettingsSchema.parse(settings)).toEqual(settings);
  });

  it('has the route that the options say', () => {
    const settings = added({
      provider: 'gitlab',
      channel: { id: '7', kind: 'announcement' },
      events: 'push, release.* ,',
      branches: 'main',
      language: 'de',
      digestMs: 900_000,
      pingRoleId: '9',
      publish: true,
      thread: true,
      staffChannelId: '8',
    });
    expect(settings.routes).toEqual([
      {
        channelId: '7',
        channelKind: 'announcement',
        filter: { events: ['push', 'release.*'], branches: ['main'] },
        template: {},
        language: 'de',
        ping: { roleId: '9', everyMs: 3_600_000 },
        thread: true,
        tagIds: [],
        publish: true,
        digestMs: 900_000,
        quietHours: null,
      },
    ]);
    expect(settings.staffChannelId).toBe('8');
  });

  it('tells of trouble where the guild’s staff reads, unless it names a channel', () => {
    const github = wish({ provider: 'github' });
    expect(settingsOf('keep', github, null, '77').staffChannelId).toBe('77');
    expect(settingsOf('keep', github, null).staffChannelId).toBeNull();
  });

  it.each<[Partial<SourceWish>, RegExp]>([
    [{}, /^provider is missing/],
    [{ provider: 'github', channel: null }, /^channel is missing/],
    [{ provider: 'youtube' }, /^youtube_channel is missing: the id/],
    [{ provider: 'youtube', youtubeChannel: '@castle' }, /^youtube_channel must be the id/],
    [{ provider: 'feed' }, /^feed is missing/],
    [{ provider: 'feed', feed: 'ftp://x.example/feed' }, /^feed must be an address/],
    [{ provider: 'feed', feed: 'https://me:secret@x.example/feed' }, /^feed must be an address/],
    [{ provider: 'github', feed: 'https://x.example' }, /^feed has no effect here: .* feed\./],
    [{ provider: 'generic', title: '$..title' }, /^title .*\$\.release\.title/],
    [{ provider: 'github', events: '!' }, /^events must name something after !/],
    [{ provider: 'github', branches: 'x'.repeat(300) }, /^branches /],
    [{ provider: 'github', publish: true }, /^publish needs an announcement channel/],
    [
      { provider: 'github', channel: { id: '1', kind: 'forum' }, thread: true },
      /^thread has no effect in a forum/,
    ],
    [{ provider: 'github', pingEveryMs: 1_000 }, /^ping_every needs a role/],
    [{ provider: 'github', pingEveryMs: 'never', pingRoleId: '9' }, /^ping names a role/],
  ])('is refused from %j', (more, reason) => {
    expect(refused(more)).toMatch(reason);
  });

  it.each(['', 'Big One', '-keep', 'x'.repeat(33)])('is refused by the id “%s”', (id) => {
    expect(reasonsOf(id, wish({ provider: 'github' }), null)).toContain('id must be 1 to 32');
  });
});

describe('a source that is changed by command', () => {
  const before = added({
    provider: 'github',
    events: 'push',
    pingRoleId: '9',
    channel: { id: '7', kind: 'announcement' },
    publish: true,
  });
  const changed = (more: Partial<SourceWish>, of = before) =>
    settingsOf('keep', { ...SAYS_NOTHING, ...more }, of);

  it('keeps what the command does not name', () => {
    expect(changed({ language: 'de' })).toEqual({
      ...before,
      routes: [{ ...before.routes[0], language: 'de' }],
    });
  });

  it('lets go of filters, pings and gathering', () => {
    expect(changed({ events: 'ALL' }).routes[0]?.filter).toEqual({ events: [] });
    expect(changed({ pingEveryMs: 'never' }).routes[0]?.ping).toBeNull();
    expect(changed({ digestMs: 0 }, changed({ digestMs: 60_000 })).routes[0]?.digestMs).toBe(0);
  });

  it('publishes no longer where it moves into a channel that nobody follows', () => {
    expect(changed({ channel: CHANNEL }).routes[0]).toMatchObject({
      channelId: '500',
      channelKind: 'text',
      publish: false,
    });
  });

  it('keeps how generic JSON is authenticated, since its secret would not fit', () => {
    const generic = added({ provider: 'generic', authentication: 'standard-webhooks' });
    const other = { ...SAYS_NOTHING, authentication: 'hmac' } as const;
    expect(reasonsOf('keep', other, generic)).toContain('authentication stays as it is');
    expect(changed({ text: '$.body' }, generic).origin).toMatchObject({
      authentication: { kind: 'standard-webhooks' },
      mapping: { title: '$.title', text: '$.body' },
    });
  });
});
