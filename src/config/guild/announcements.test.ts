import { describe, expect, it } from '@jest/globals';
import { configured, problems } from '../../../test/contracts/configuration-reading';
import { formatProblems, parseGuildConfiguration, resolve } from '.';
import { keep } from './sample-directory';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A file of the demo guild with these announcements, in YAML's flow style. */
const file = (announcements: string, desk = '{}'): string => `guilds:
  - guild: Kestrel Keep
    teams: { helpers: { name: Helpers, members: [Moderator] } }
    categories: [{ id: support, title: Support, description: Questions, team: helpers }]
    desk: ${desk}
    announcements: ${announcements}
`;

/** One source with these keys besides its id and a route. */
const source = (keys: string, route = '{ channel: support }'): string =>
  file(`{ sources: [{ id: one, ${keys}, routes: [${route}] }] }`);
const routed = (keys: string): string => source('provider: github', `{ ${keys} }`);
const generic = (keys: string): string => source(`provider: generic, ${keys}`);

const YOUTUBE = 'UC_x5XG1OV2P6uZZ5FSM9Ttw';
const BEARER = 'authentication: { kind: bearer }';
const TITLE = 'mapping: { title: $.title }';

describe('a source of announcements', () => {
  it('may be as short as an id, a provider and a channel', () => {
    const text = file(
      '{ sources: [{ id: git, provider: github, routes: [{ channel: news }] }] }',
      '{ log_channel: desk-log }',
    );
    expect(configured(text).sources).toEqual([
      {
        id: 'git',
        origin: { provider: 'github' },
        secretVariables: [],
        routes: [
          {
            channelId: '308',
            channelKind: 'announcement',
            filter: {},
            template: {},
            language: 'en',
            ping: null,
            thread: false,
            tagIds: [],
            publish: false,
            digestMs: 0,
            quietHours: null,
          },
        ],
        staffChannelId: '303',
        silentAfterMs: null,
        keepDeliveriesMs: 7 * DAY,
      },
    ]);
  });

  it('may say everything', () => {
    const { sources } = configured(
      file(`
      language: de
      staff_channel: desk-log
      keep_deliveries: 30d
      quiet_hours: { from: "22:30", to: "07:00", zone: Europe/Berlin }
      sources:
        - id: git
          provider: github
          secret_env: WEBHOOK_SECRET_GIT
          second_secret_env: WEBHOOK_SECRET
          silent_after: 7d
          keep_deliveries: 1h
          staff_channel: support
          routes:
            - channel: releases
              filter: { events: [release], branches: ["!dev"], paths: [src/**], authors: [Ada], contains: [a], lacks: [b] }
              template: { content: New, title: "{{title}}", description: "{{text}}", footer: "" }
              language: en
              ping: { role: Player, every: 6h }
              tags: [Mods, server]
              digest: 10m
              quiet_hours: none
            - { channel: news, publish: true, thread: true, quiet_hours: { from: "00:00", to: "01:00" } }
            - { channel: support, ping: { role: Player } }`),
    );
    const night = { fromMinute: 1_350, toMinute: 420, timeZone: 'Europe/Berlin' };
    expect(sources).toMatchObject([
      {
        secretVariables: ['WEBHOOK_SECRET_GIT', 'WEBHOOK_SECRET'],
        ...{ silentAfterMs: 7 * DAY, keepDeliveriesMs: HOUR, staffChannelId: '302' },
        routes: [
          {
            ...{ channelId: '309', channelKind: 'forum', tagIds: ['402', '401'], language: 'en' },
            filter: {
              ...{ events: ['release'], branches: ['!dev'], paths: ['src/**'] },
              ...{ authors: ['Ada'], contains: ['a'], lacks: ['b'] },
            },
            template: { content: 'New', title: '{{title}}', description: '{{text}}', footer: '' },
            ping: { roleId: '205', everyMs: 6 * HOUR },
            ...{ digestMs: HOUR / 6, quietHours: null },
          },
          {
            ...{ channelId: '308', publish: true, thread: true, language: 'de' },
            quietHours: { fromMinute: 0, toMinute: 60, timeZone: 'UTC' },
          },
          { channelId: '302', ping: { roleId: '205', everyMs: HOUR }, quietHours: night },
        ],
      },
    ]);
  });

  it.each([
    [`provider: youtube, channel: ${YOUTUBE}`, { provider: 'youtube', channelId: YOUTUBE }],
    [
      'provider: feed, address: "https://blog.example/feed.xml"',
      {
        ...{ provider: 'feed', address: 'https://blog.example/feed.xml' },
        ...{ everyMs: HOUR / 4, allowInternal: false },
      },
    ],
    [
      'provider: feed, address: "http://wiki.internal/rss", every: 1h, allow_internal: true',
      {
        ...{ provider: 'feed', address: 'http://wiki.internal/rss' },
        ...{ everyMs: HOUR, allowInternal: true },
      },
    ],
    ['provider: github, allow_internal: false', { provider: 'github' }],
    ['provider: gitlab, allow_internal: true', { provider: 'gitlab', allowInternal: true }],
    ['provider: zapier', { provider: 'zapier', mapping: 'plain' }],
    ['provider: zapier, mapping: twitter', { provider: 'zapier', mapping: 'twitter' }],
    [
      `provider: generic, authentication: { kind: hmac, header: X-Sign, algorithm: sha512, encoding: base64, prefix: "v0=" },
       mapping: { items: "$.all[*]", title: Deploy, author_url: $.by.url, author_image: $.by.image, fields: [{ name: Zone, value: $.zone }] }`,
      {
        provider: 'generic',
        authentication: {
          ...{ kind: 'hmac', header: 'x-sign', algorithm: 'sha512', encoding: 'base64' },
          prefix: 'v0=',
        },
        mapping: {
          ...{ items: '$.all[*]', title: 'Deploy', authorUrl: '$.by.url' },
          ...{ authorImage: '$.by.image', fields: [{ name: 'Zone', value: '$.zone' }] },
        },
      },
    ],
    [
      `provider: generic, authentication: { kind: bearer, header: X-Token }, ${TITLE}`,
      {
        provider: 'generic',
        authentication: { kind: 'bearer', header: 'x-token' },
        mapping: { title: '$.title' },
      },
    ],
    [
      `provider: generic, authentication: { kind: standard-webhooks }, ${TITLE}`,
      {
        provider: 'generic',
        authentication: { kind: 'standard-webhooks' },
        mapping: { title: '$.title' },
      },
    ],
  ])('is of a service: %s', (keys, origin) => {
    expect(configured(source(keys)).sources).toMatchObject([{ origin }]);
  });

  it.each([
    [
      source('provider: githbu'),
      'provider: must be bitbucket or feed or generic or github or gitlab or twitch or youtube or zapier; did you mean github?',
    ],
    [file('{ sources: [{ id: one, provider: github }] }'), 'routes: is missing'],
    [
      source('provider: github, secret_env: GAME_SECRET'),
      'secret_env: must be the name of an environment variable that begins with WEBHOOK_SECRET, such as WEBHOOK_SECRET_GITHUB',
    ],
    [
      source('provider: github, second_secret_env: WEBHOOK_SECRET'),
      'second_secret_env: has no effect without secret_env; write that one first',
    ],
    [
      source('provider: github, secret_env: WEBHOOK_SECRET, second_secret_env: WEBHOOK_SECRET'),
      'second_secret_env: is the same variable as secret_env; name the other one, or remove it',
    ],
    [
      source('provider: youtube'),
      `channel: is missing: the id of the YouTube channel, such as ${YOUTUBE}`,
    ],
    [
      source('provider: youtube, channel: "@castle"'),
      `channel: must be the id of a YouTube channel: UC and 22 more characters, such as ${YOUTUBE}`,
    ],
    [source('provider: feed'), 'address: is missing; such as https://blog.example.com/feed.xml'],
    [
      source('provider: feed, address: "https://me:secret@a.example/"'),
      'address: must be an address of the web without name and password, such as https://blog.example.com/feed.xml',
    ],
    [
      source('provider: feed, address: "https://a.example/", every: 10s'),
      'every: must be from 1m to 1d',
    ],
    [
      source('provider: github, every: 10m'),
      'every: has no effect with provider: github; remove it, or write provider: feed',
    ],
    [
      source('provider: zapier, mapping: twiter'),
      'mapping: must be plain or youtube or twitter, or a section with keys',
    ],
    [
      source('provider: zapier, mapping: { title: $.title }'),
      'mapping: must be plain or youtube or twitter; a mapping of your own needs provider: generic',
    ],
    [generic(TITLE), 'authentication: is missing, or anybody could post; such as { kind: bearer }'],
    [
      generic(BEARER),
      'mapping: is missing; such as { title: $.release.title, url: $.release.url }',
    ],
    [
      generic(`${BEARER}, mapping: plain`),
      'mapping: must be a section with keys, such as { title: $.release.title }',
    ],
    [
      generic(`${BEARER}, mapping: { author: $.by }`),
      'mapping: needs title, text or url, or there is nothing to post; such as title: $.title',
    ],
    [
      generic(`authentication: { kind: hmac }, ${TITLE}`),
      'authentication.header: is missing: the header with the signature, such as X-Signature-256',
    ],
    [
      generic(`authentication: { kind: bearer, prefix: "a" }, ${TITLE}`),
      'authentication.prefix: has no effect with kind: bearer; remove it, or write kind: hmac',
    ],
    [
      generic(`${BEARER}, mapping: { title: $..title }`),
      'mapping.title: a path may have names, positions and * only, and 20 steps at most: $.release.title, $.items[0].url, $.entries[*]',
    ],
    [
      generic(`${BEARER}, mapping: { text: a, fields: [{ name: Zone, value: "$.a[?@.b]" }] }`),
      'mapping.fields[0].value: a path may have names, positions and * only, and 20 steps at most: $.release.title, $.items[0].url, $.entries[*]',
    ],
  ])('%s', (text, problem) => {
    expect(problems(text)).toEqual([`announcements.sources[0].${problem}`]);
  });

  it('has an id of its own', () => {
    const one = '{ id: one, provider: github, routes: [{ channel: support }] }';
    expect(problems(file(`{ sources: [${one}, ${one}] }`))).toEqual([
      'announcements.sources[1].id: "one" is already the id of guilds[0].announcements.sources[0]',
    ]);
  });
});

describe('a route', () => {
  it.each([
    [
      'channel: suport',
      'channel: no text channel, announcement channel or forum "suport" on Kestrel Keep; did you mean "support"?',
    ],
    [
      'channel: Lobby',
      'channel: "Lobby" is not a text channel, announcement channel or forum; name a text channel, announcement channel or forum here',
    ],
    [
      'channel: support, publish: true',
      'publish: has no effect in "support", which nobody can follow; remove it, or name an announcement channel',
    ],
    [
      'channel: support, tags: [Mods]',
      'tags: have no effect in "support"; remove them, or name a forum',
    ],
    ['channel: releases, tags: [Mod]', 'tags[0]: no tag "Mod" in releases; did you mean "Mods"?'],
    [
      'channel: releases, thread: true',
      'thread: has no effect in "releases": in a forum each post is a thread; remove it',
    ],
    [
      'channel: support, ping: { role: "@everyone" }',
      'ping.role: this is everyone on the server, whom announcements never ping; name a role that members choose to have',
    ],
    [
      'channel: support, ping: { role: Plaier }',
      'ping.role: no role "Plaier" on Kestrel Keep; did you mean "Player"?',
    ],
    ['channel: support, digest: 1s', 'digest: must be from 10s to 7d'],
    [
      'channel: support, filter: { events: ["!"] }',
      'filter.events[0]: must name something after !, such as !main',
    ],
    [
      'channel: support, filter: { event: [push] }',
      'filter.event: there is no such key; did you mean events?',
    ],
    [
      'channel: support, quiet_hours: { from: "25:00", to: "07:00" }',
      'quiet_hours.from: must be a time from "00:00" to "23:59", such as "22:00"',
    ],
    [
      'channel: support, quiet_hours: { from: "07:00", to: "07:00" }',
      'quiet_hours.to: is the same as from: nothing would ever be quiet, or everything; such as "07:00"',
    ],
    [
      'channel: support, quiet_hours: { from: "22:00", to: "07:00", zone: Berlin }',
      'quiet_hours.zone: must be a time zone, such as Europe/Berlin or UTC',
    ],
    ['channel: support, quiet_hours: never', 'quiet_hours: must be none, or a section with keys'],
    ['channel: support, language: german', 'language: must be a language such as en, de or pt-BR'],
  ])('%s', (keys, problem) => {
    expect(problems(routed(keys))).toEqual([`announcements.sources[0].routes[0].${problem}`]);
  });

  it('has a template that can be filled', () => {
    const [problem, ...others] = problems(
      routed('channel: support, template: { title: "{{titel}}" }'),
    );
    expect(others).toEqual([]);
    expect(problem).toMatch(/^announcements\.sources\[0\]\.routes\[0\]\.template\.title: .*titel/);
  });

  it('of a forum where posts need a tag has one', () => {
    const reading = parseGuildConfiguration(routed('channel: releases'));
    if (!reading.ok) throw new Error(formatProblems(reading.problems));
    const channels = keep.channels.map((channel) => ({ ...channel, needsTag: true }));
    const resolution = resolve(reading.configuration, { guilds: [{ ...keep, channels }] });
    expect(resolution.ok ? [] : resolution.problems.map(({ message }) => message)).toEqual([
      'is missing: posts in "releases" need a tag; its tags are Server, Mods',
    ]);
  });
});

describe('announcements', () => {
  it.each([
    [
      '{ quiet_hours: { from: "07:00", to: "07:00" } }',
      'quiet_hours.to: is the same as from: nothing would ever be quiet, or everything; such as "07:00"',
    ],
    [
      '{ staff_channel: Lobby }',
      'staff_channel: "Lobby" is not a text channel; name a text channel here',
    ],
    ['{ keep_deliveries: 2y }', 'keep_deliveries: must be a duration such as 90s, 10m, 48h or 7d'],
  ])('%s', (announcements, problem) => {
    expect(problems(file(announcements))).toEqual([`announcements.${problem}`]);
  });

  it('are told all that is wrong with them at once', () => {
    const text = file(`
      quiet_hours: { from: "8", to: "07:00" }
      sources:
        - { id: one, provider: feed, routes: [{ channel: support, publish: yes }] }
        - { id: one, provider: generic, mapping: { title: $.. }, routes: [] }`);
    expect(problems(text).map((problem) => problem.split(':')[0])).toEqual([
      'announcements.quiet_hours.from',
      'announcements.sources[0].address',
      'announcements.sources[0].routes[0].publish',
      'announcements.sources[1].authentication',
      'announcements.sources[1].id',
      'announcements.sources[1].mapping.title',
      'announcements.sources[1].routes',
    ]);
  });
});
