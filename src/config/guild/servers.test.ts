import { describe, expect, it } from '@jest/globals';
import { configured, problems } from '../../../test/contracts/configuration-reading';
import { formatProblems, parseGuildConfiguration, resolve } from '.';
import { keep } from './sample-directory';

/** A file of the demo guild with these servers and this way of watching, in YAML's flow style. */
function file({ servers = '[]', watching = '{}', desk = '{}' }): string {
  return `guilds:
  - guild: Kestrel Keep
    teams: { helpers: { name: Helpers, members: [Moderator] } }
    categories: [{ id: support, title: Support, description: Questions, team: helpers }]
    desk: ${desk}
    servers: ${servers}
    watching: ${watching}
`;
}

/** A file with one server that has these keys besides its id. */
const server = (keys: string): string => file({ servers: `[{ id: survival, ${keys} }]` });

const MINUTE = 60_000;

describe('a game server', () => {
  it('may be as short as an id and an address', () => {
    expect(configured(server('address: play.example.net')).servers).toEqual([
      {
        id: 'survival',
        name: 'survival',
        probe: 'java',
        address: 'play.example.net',
        port: null,
        intervalMs: 30_000,
        timeoutMs: 3_000,
        thresholds: { downAfter: 3, upAfter: 2, flapChanges: 6, flapWithinMs: 30 * MINUTE },
        allowInternal: false,
        host: 'play.example.net',
        isPublic: true,
        channels: [],
        maintenance: [],
        expectStatus: null,
        rcon: null,
      },
    ]);
  });

  it('may say everything', () => {
    const { servers } = configured(
      server(`name: Survival, probe: rcon, address: "[2001:db8::7]:25575", interval: 10s, timeout: 2s,
        thresholds: { down_after: 2, up_after: 1, flapping: { changes: 4, within: 10m } },
        allow_internal: true, host: box-1, public: false,
        channels: [{ channel: Lobby, template: "{emoji} {players}", on_manual_rename: restore }, { channel: "#support" }],
        maintenance: [{ title: Weekly, starts: 2026-01-06 04:00, duration: 1h, repeat: FREQ=WEEKLY;BYDAY=TU, time_zone: Europe/Berlin }],
        rcon: { command: list, password_env: RCON_PASSWORD_SURVIVAL }`),
    );
    expect(servers).toMatchObject([
      {
        name: 'Survival',
        address: '2001:db8::7',
        port: 25_575,
        host: 'box-1',
        isPublic: false,
        thresholds: { downAfter: 2, upAfter: 1, flapChanges: 4, flapWithinMs: 10 * MINUTE },
        channels: [
          { channelId: '304', template: '{emoji} {players}', onManualRename: 'restore' },
          {
            channelId: '302',
            template: '{emoji} {name} {players}/{max}',
            onManualRename: 'respect',
          },
        ],
        maintenance: [
          {
            title: 'Weekly',
            startsAt: Date.UTC(2026, 0, 6, 3),
            durationMs: 60 * MINUTE,
            rule: 'FREQ=WEEKLY;BYDAY=TU',
            timeZone: 'Europe/Berlin',
          },
        ],
        rcon: { command: 'list', passwordVariable: 'RCON_PASSWORD_SURVIVAL' },
      },
    ]);
  });

  it('may be a web page', () => {
    const address = 'https://map.example.net/health?deep=1';
    expect(
      configured(server(`probe: http, address: "${address}", expect_status: 204`)).servers,
    ).toMatchObject([{ address, port: null, host: 'map.example.net', expectStatus: 204 }]);
  });

  it.each([
    ['address: ""', 'servers[0].address: must not be empty'],
    ['name: Survival', 'servers[0].address: is missing'],
    [
      'address: "a b"',
      'servers[0].address: must be a host with or without a port, such as play.example.net or 203.0.113.7:25565',
    ],
    [
      'address: "10.0.0.300:1"',
      'servers[0].address: must be a host with or without a port, such as play.example.net or 203.0.113.7:25565',
    ],
    [
      'address: "a:70000"',
      'servers[0].address: must be a host with or without a port, such as play.example.net or 203.0.113.7:25565',
    ],
    [
      'address: a.example, probe: tcp',
      "servers[0].address: needs a port, such as a.example:25565; only Minecraft's own protocols have one that is usual",
    ],
    [
      'address: a.example, probe: http',
      'servers[0].address: must be an address of the web without name and password, such as https://map.example.net/health',
    ],
    [
      'address: "https://me:secret@a.example/", probe: http',
      'servers[0].address: must be an address of the web without name and password, such as https://map.example.net/health',
    ],
    [
      'address: a, probe: jav',
      'servers[0].probe: must be java or bedrock or query or tcp or rcon or http; did you mean java?',
    ],
    ['address: a, interval: 5s', 'servers[0].interval: must be from 10s to 1d'],
    ['address: a, timeout: 11s', 'servers[0].timeout: must be from 1s to 10s'],
    [
      'address: a, interval: 10s, timeout: 10s',
      'servers[0].timeout: must be shorter than the interval (10s)',
    ],
    [
      'address: a, thresholds: { down_after: 1 }',
      'servers[0].thresholds.down_after: must be at least 2, not 1',
    ],
    [
      'address: a, probe: rcon',
      'servers[0].rcon: is missing; such as { command: list, password_env: RCON_PASSWORD_SURVIVAL }',
    ],
    [
      'address: a, rcon: { command: list, password_env: RCON_PASSWORD }',
      'servers[0].rcon: has no effect with probe: java; remove it, or write probe: rcon',
    ],
    [
      'address: a, probe: rcon, rcon: { command: list, password_env: SECRET_KEY }',
      'servers[0].rcon.password_env: must be the name of an environment variable that begins with RCON_PASSWORD, such as RCON_PASSWORD_SURVIVAL',
    ],
    [
      'address: a, expect_status: 200',
      'servers[0].expect_status: has no effect with probe: java; remove it, or write probe: http',
    ],
    [
      'address: a, channels: [{ channel: lobbi }]',
      'servers[0].channels[0].channel: no channel "lobbi" on Kestrel Keep; did you mean "Lobby"?',
    ],
    [
      'address: a, channels: [{ channel: Lobby }, { channel: Lobby }]',
      'servers[0].channels[1].channel: "Lobby" already shows guilds[0].servers[0]; a channel has one name',
    ],
    [
      'address: a, channels: [{ channel: Lobby, template: "{player}" }]',
      'servers[0].channels[0].template: the template has {player}, which is nothing. It may have {emoji}, {name}, {players}, {max}, {status}, such as {emoji} {name} {players}/{max}',
    ],
    [
      'address: a, maintenance: [{ title: T, starts: tomorrow, duration: 1h }]',
      'servers[0].maintenance[0].starts: must be a date and a time, such as 2026-01-06 04:00',
    ],
    [
      'address: a, maintenance: [{ title: T, starts: 2026-02-30 04:00, duration: 1h }]',
      'servers[0].maintenance[0].starts: there is no such day or time of day',
    ],
    [
      'address: a, maintenance: [{ title: T, starts: 2026-02-03 04:00, duration: 1h, repeat: weekly }]',
      'servers[0].maintenance[0].repeat: “weekly” is not a part of a rule: parts are written NAME=VALUE with ; between them, such as FREQ=WEEKLY;BYDAY=TU',
    ],
    [
      'address: a, maintenance: [{ title: T, starts: 2026-02-03 04:00, duration: 1h, repeat: FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30 }]',
      'servers[0].maintenance[0].repeat: no month that BYMONTH names has such a day: write for example FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1',
    ],
    [
      'address: a, maintenance: [{ title: T, starts: 2026-02-03 04:00, duration: 1h, time_zone: Berlin }]',
      'servers[0].maintenance[0].time_zone: must be a time zone, such as Europe/Berlin or UTC',
    ],
  ])('%s: %s', (keys, problem) => {
    expect(problems(server(keys))).toEqual([problem]);
  });

  it('is shown in the same channel, also when that has another name since', () => {
    const text = server('address: a.example, channels: [{ channel: Lobby }]');
    const reading = parseGuildConfiguration(text);
    if (!reading.ok) throw new Error(formatProblems(reading.problems));
    const { shownIn } = configured(text);
    expect(shownIn).toEqual({ Lobby: '304' });
    const channels = keep.channels.map((channel) => ({
      ...channel,
      ...(channel.id === '304' && { name: '🟢 survival 3/20' }),
    }));
    const renamed = { ...keep, channels };
    expect(resolve(reading.configuration, { guilds: [renamed] }).ok).toBe(false);
    const resolution = resolve(reading.configuration, { guilds: [{ ...renamed, shownIn }] });
    expect(resolution.ok && resolution.configurations[0]?.servers[0]?.channels).toMatchObject([
      { channelId: '304' },
    ]);
  });

  it('has an id of its own', () => {
    const twice = '[{ id: a, address: a.example }, { id: a, address: b.example }]';
    expect(problems(file({ servers: twice }))).toEqual([
      'servers[1].id: "a" is already the id of guilds[0].servers[0]',
    ]);
  });
});

describe('watching', () => {
  it('tells outages in the log of the desk, and reminds, when nothing is said', () => {
    expect(configured(file({ desk: '{ log_channel: desk-log }' })).watching).toEqual({
      alertsChannelId: '303',
      pingRoleIds: [],
      seniorTeamId: null,
      raiseAfterMs: null,
      remindAfterMs: [30 * MINUTE, 60 * MINUTE, 240 * MINUTE],
      publicChannelId: null,
      statusChannelId: null,
      controlTargets: [],
      slug: 'kestrel-keep',
      language: 'en',
    });
  });

  it('may say everything', () => {
    const watching = `{ alerts_channel: desk-log, ping: [Admin], senior: helpers, raise_after: 5m, remind_after: [10m, 1h],
      public_channel: support, status_message: support, control: ["1.1.1.1:443", "[2001:db8::1]:53"], slug: keep, language: de }`;
    expect(configured(file({ watching })).watching).toEqual({
      alertsChannelId: '303',
      pingRoleIds: ['202'],
      seniorTeamId: 'helpers',
      raiseAfterMs: 5 * MINUTE,
      remindAfterMs: [10 * MINUTE, 60 * MINUTE],
      publicChannelId: '302',
      statusChannelId: '302',
      controlTargets: [
        { host: '1.1.1.1', port: 443 },
        { host: '2001:db8::1', port: 53 },
      ],
      slug: 'keep',
      language: 'de',
    });
  });

  it.each([
    [
      '{ alerts_channel: Lobby }',
      'watching.alerts_channel: "Lobby" is not a text channel; name a text channel here',
    ],
    [
      '{ ping: [Admin] }',
      'watching.ping: has no effect without alerts_channel (or the log_channel of desk)',
    ],
    [
      '{ alerts_channel: desk-log, senior: helprs }',
      'watching.senior: no team "helprs"; teams are helpers',
    ],
    [
      '{ raise_after: 5m }',
      'watching.raise_after: has no effect without senior: the team to raise an outage to, such as seniors',
    ],
    ['{ control: [router] }', 'watching.control[0]: must be host:port, such as 1.1.1.1:443'],
    [
      '{ slug: Keep }',
      'watching.slug: must be at most 64 lower-case letters, digits and single -, such as kestrel-keep',
    ],
    ['{ language: german }', 'watching.language: must be a language such as en, de or pt-BR'],
  ])('%s: %s', (watching, problem) => {
    expect(problems(file({ watching }))).toEqual([problem]);
  });

  it('has a page of its own for each guild', () => {
    const guild = (name: string, slug: string): string =>
      `  - { guild: ${name}, teams: { a: { name: A, members: [x] } }, categories: [{ id: c, title: C, description: D, team: a }], watching: { slug: ${slug} } }\n`;
    const reading = parseGuildConfiguration(
      `guilds:\n${guild('One', 'keep')}${guild('Two', 'keep')}`,
    );
    expect(reading.ok ? [] : reading.problems.map(({ message }) => message)).toEqual([
      '"keep" is already guilds[0].watching.slug',
    ]);
  });
});
