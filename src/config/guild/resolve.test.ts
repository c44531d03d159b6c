import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import {
  configurationHash,
  type Directory,
  formatProblems,
  type GuildConfiguration,
  guildConfigurationSchema,
  parseGuildConfiguration,
  resolve,
} from '.';

const root = join(__dirname, '../../..');
const demo = readFileSync(join(root, 'sandbox/demo/castellan.yaml'), 'utf8');

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const keep: Directory['guilds'][number] = {
  id: '100',
  name: 'Kestrel Keep',
  roles: [
    { id: '100', name: '@everyone' },
    { id: '201', name: 'Owner' },
    { id: '202', name: 'Admin' },
    { id: '203', name: 'Senior' },
    { id: '204', name: 'Moderator' },
    { id: '205', name: 'Player' },
  ],
  channels: [
    { id: '301', name: 'Tickets', type: 4 },
    { id: '302', name: 'support', type: 0 },
    { id: '303', name: 'desk-log', type: 0 },
    { id: '304', name: 'Lobby', type: 2 },
    { id: '305', name: null, type: 0 },
  ],
};
const directory: Directory = { guilds: [{ ...keep, id: '9', name: 'Other' }, keep] };

function configured(text: string, discord: Directory = directory): readonly GuildConfiguration[] {
  const reading = parseGuildConfiguration(text);
  if (!reading.ok) throw new Error(formatProblems(reading.problems));
  const resolution = resolve(reading.configuration, discord, reading.locate);
  if (!resolution.ok) throw new Error(formatProblems(resolution.problems));
  return resolution.configurations;
}

interface Entry {
  guild?: string;
  admin?: string[];
  members?: string[];
  under?: string;
  log?: string;
}

function file({
  guild = 'Kestrel Keep',
  admin,
  members = ['Moderator'],
  under,
  log,
}: Entry): string {
  return stringify({
    guilds: [
      {
        guild,
        ...(admin && { roles: { admin } }),
        teams: { helpers: { name: 'Helpers', members } },
        categories: [
          {
            id: 'support',
            title: 'Support',
            description: 'D',
            team: 'helpers',
            ...(under !== undefined && { channels_under: under }),
          },
        ],
        ...(log !== undefined && { desk: { log_channel: log } }),
      },
    ],
  });
}

function problems(text: string, discord: Directory = directory): string {
  const reading = parseGuildConfiguration(text);
  if (!reading.ok) throw new Error(formatProblems(reading.problems));
  const resolution = resolve(reading.configuration, discord);
  return resolution.ok ? '' : formatProblems(resolution.problems);
}

describe('the demo file', () => {
  it('parses and resolves against the demo guild', () => {
    const [guild, ...others] = configured(demo);
    expect(others).toEqual([]);
    expect(guild).toMatchObject({
      guildId: '100',
      guildName: 'Kestrel Keep',
      adminRoleIds: ['201', '202'],
      teams: {
        helpers: {
          id: 'helpers',
          name: 'Helpers',
          memberRoleIds: ['204'],
          seniorTeamId: 'seniors',
        },
        seniors: {
          id: 'seniors',
          name: 'Seniors',
          memberRoleIds: ['203', '202'],
          seniorTeamId: null,
        },
      },
      limits: { mostOpen: 3, cooldownMs: 30_000, mostPerDay: 10 },
      deskLogChannelId: '303',
      panels: [{ id: 'main', categoryIds: ['support', 'appeal', 'billing'], style: 'buttons' }],
    });
    expect(guild?.categories).toMatchObject([
      {
        id: 'support',
        teamId: 'helpers',
        parentChannelId: '301',
        limits: { mostOpen: 3, cooldownMs: 30_000, mostPerDay: 10 },
        inactivity: { warnAfterMs: 48 * HOUR, closeAfterMs: 72 * HOUR },
        reopenWindowMs: 7 * DAY,
      },
      {
        id: 'appeal',
        teamId: 'seniors',
        limits: { mostOpen: 1, cooldownMs: 30_000, mostPerDay: 1 },
        inactivity: { warnAfterMs: 5 * DAY, closeAfterMs: 7 * DAY },
        reopenWindowMs: 14 * DAY,
      },
      { id: 'billing', teamId: 'helpers' },
    ]);
    expect(guild?.categories[0]?.form).toEqual([
      {
        id: 'subject',
        label: 'What is it about?',
        description: null,
        style: 'short',
        required: true,
        placeholder: null,
        minLength: null,
        maxLength: 100,
      },
      {
        id: 'details',
        label: 'Tell us more',
        description: 'What did you do, what did you expect, what happened instead?',
        style: 'paragraph',
        required: false,
        placeholder: null,
        minLength: null,
        maxLength: 1500,
      },
    ]);
  });

  it('comes back the same from where it is stored', () => {
    const [guild] = configured(demo);
    const stored: unknown = JSON.parse(JSON.stringify(guild));
    expect(guildConfigurationSchema.parse(stored)).toEqual(guild);
  });
});

describe('the documentation', () => {
  const page = readFileSync(join(root, 'docs/configuration.md'), 'utf8');
  const examples = [...page.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text]) => text ?? '');

  it('has examples that are valid', () => {
    expect(examples.length).toBeGreaterThan(3);
    for (const example of examples) {
      const reading = parseGuildConfiguration(example);
      expect(reading.ok ? '' : formatProblems(reading.problems)).toBe('');
    }
  });
});

describe('what is left out', () => {
  it('has its default', () => {
    expect(configured(file({}))).toEqual([
      {
        guildId: '100',
        guildName: 'Kestrel Keep',
        adminRoleIds: [],
        teams: {
          helpers: { id: 'helpers', name: 'Helpers', memberRoleIds: ['204'], seniorTeamId: null },
        },
        categories: [
          {
            id: 'support',
            title: 'Support',
            emoji: null,
            description: 'D',
            kind: 'ticket',
            teamId: 'helpers',
            parentChannelId: null,
            form: [],
            limits: { mostOpen: null, cooldownMs: null, mostPerDay: null },
            inactivity: null,
            reopenWindowMs: 7 * DAY,
          },
        ],
        limits: { mostOpen: null, cooldownMs: null, mostPerDay: null },
        deskLogChannelId: null,
        panels: [],
      },
    ]);
  });

  it('is the guild’s in a category, unless that says none', () => {
    const text = `guilds:
  - guild: Kestrel Keep
    teams: { a: { name: A, members: [Moderator] } }
    inactivity: { warn_after: 1h, close_after: 2h }
    reopen_window: 0s
    categories:
      - { id: one, title: T, description: D, team: a }
      - { id: two, title: T, description: D, team: a, inactivity: none, reopen_window: 1h }
`;
    expect(configured(text)[0]?.categories).toMatchObject([
      { inactivity: { warnAfterMs: HOUR, closeAfterMs: 2 * HOUR }, reopenWindowMs: 0 },
      { inactivity: null, reopenWindowMs: HOUR },
    ]);
  });
});

describe('names', () => {
  it('are found by id, exactly, and without case and sign', () => {
    const [guild] = configured(
      file({
        guild: 'kestrel keep',
        admin: ['202', '@owner'],
        members: ['MODERATOR', '204'],
        log: '#Desk-Log',
        under: 'tickets',
      }),
    );
    expect(guild).toMatchObject({
      guildId: '100',
      adminRoleIds: ['202', '201'],
      teams: { helpers: { memberRoleIds: ['204'] } },
      deskLogChannelId: '303',
      categories: [{ parentChannelId: '301' }],
    });
  });

  it('are taken exactly before they are taken loosely', () => {
    const roles = [...keep.roles, { id: '299', name: 'moderator' }];
    const discord = { guilds: [{ ...keep, roles }] };
    expect(
      configured(file({ members: ['moderator'] }), discord)[0]?.teams['helpers']?.memberRoleIds,
    ).toEqual(['299']);
    expect(
      configured(file({ members: ['Moderator'] }), discord)[0]?.teams['helpers']?.memberRoleIds,
    ).toEqual(['204']);
    expect(problems(file({ members: ['MODERATOR'] }), discord)).toBe(
      'guilds[0].teams.helpers.members[0]: 2 roles on Kestrel Keep are called "MODERATOR"; write the id of the one you mean: 204, 299',
    );
  });

  it('of a text channel and of a category may be the same', () => {
    const channels = [{ id: '399', name: 'tickets', type: 0 }, ...keep.channels];
    const [guild] = configured(file({ under: 'tickets', log: 'Tickets' }), {
      guilds: [{ ...keep, channels }],
    });
    expect(guild?.categories[0]?.parentChannelId).toBe('301');
    expect(guild?.deskLogChannelId).toBe('399');
  });

  it.each([
    [
      { guild: 'Kestrel Kep' },
      'guilds[0].guild: no guild "Kestrel Kep" that the bot is in; did you mean "Kestrel Keep"?',
    ],
    [
      { guild: 'Elsewhere' },
      'guilds[0].guild: no guild "Elsewhere" that the bot is in; guilds are Other, Kestrel Keep',
    ],
    [
      { admin: ['Moderater'] },
      'guilds[0].roles.admin[0]: no role "Moderater" on Kestrel Keep; did you mean "Moderator"?',
    ],
    [
      { members: ['Wizard'] },
      'guilds[0].teams.helpers.members[0]: no role "Wizard" on Kestrel Keep; roles are @everyone, Owner, Admin, Senior, Moderator, Player',
    ],
    [
      { members: ['@everyone'] },
      'guilds[0].teams.helpers.members[0]: this is everyone on the server; name a role that only staff have',
    ],
    [
      { admin: ['#'] },
      'guilds[0].roles.admin[0]: no role "#" on Kestrel Keep; roles are @everyone, Owner, Admin, Senior, Moderator, Player',
    ],
    [
      { under: 'support' },
      'guilds[0].categories[0].channels_under: "support" is not a channel category; name a channel category here',
    ],
    [
      { under: 'Tikets' },
      'guilds[0].categories[0].channels_under: no channel category "Tikets" on Kestrel Keep; did you mean "Tickets"?',
    ],
    [
      { log: 'Lobby' },
      'guilds[0].desk.log_channel: "Lobby" is not a text channel; name a text channel here',
    ],
    [
      { log: 'x\u202Ey' },
      'guilds[0].desk.log_channel: no text channel "xy" on Kestrel Keep; text channels are support, desk-log',
    ],
  ])('that are not there are told with what may be meant: %j', (entry, expected) => {
    expect(problems(file(entry))).toBe(expected);
  });

  it('are all told at once, with their lines', () => {
    const reading = parseGuildConfiguration(
      file({ admin: ['Admn'], members: ['Moderator', 'x'], under: 'Tikets', log: 'desk' }),
    );
    if (!reading.ok) throw new Error('the file is valid');
    const resolution = resolve(reading.configuration, directory, reading.locate);
    expect(
      resolution.ok
        ? []
        : resolution.problems.map(({ path, line, column }) => [path, line, column]),
    ).toEqual([
      ['guilds[0].roles.admin[0]', 5, 11],
      ['guilds[0].teams.helpers.members[1]', 11, 13],
      ['guilds[0].categories[0].channels_under', 17, 25],
      ['guilds[0].desk.log_channel', 19, 20],
    ]);
  });

  it('of one guild twice are a mistake', () => {
    const text = file({}) + file({ guild: '100' }).replace('guilds:\n', '');
    expect(problems(text)).toBe(
      'guilds[1].guild: "Kestrel Keep" is already configured by guilds[0]; put both in one entry',
    );
  });

  it('need the bot to be in a guild at all', () => {
    expect(problems(file({}), { guilds: [] })).toBe(
      'guilds[0].guild: no guild "Kestrel Keep" that the bot is in; there are no guilds',
    );
  });
});

describe('configurationHash', () => {
  it('is the same whatever the order of keys, and another when something changes', () => {
    const [guild = {}] = configured(demo);
    const hash = configurationHash(guild);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(configurationHash(Object.fromEntries(Object.entries(guild).reverse()))).toBe(hash);
    expect(configurationHash({ ...guild, guildName: 'Other' })).not.toBe(hash);
    expect(configurationHash({ a: [1, { b: 1, c: null }], d: undefined })).toBe(
      configurationHash({ a: [1, { c: null, b: 1 }] }),
    );
    expect(configurationHash({ a: [1, 2] })).not.toBe(configurationHash({ a: [2, 1] }));
  });
});

describe('any file', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .filter((value) => value.trim() !== '' && !/[\p{Cc}\u2028\u2029]/u.test(value));
  const known = [
    'Moderator',
    'player',
    '@Admin',
    '203',
    'Tickets',
    '#support',
    'desk-log',
    'Lobby',
  ];
  const name = fc.oneof(fc.constantFrom(...known, '#', '@everyone', 'constructor'), text);
  const guildName = fc.oneof(fc.constantFrom('Kestrel Keep', '9'), text);
  const time = fc.constantFrom('1s', '10m', '48h', '7d');
  const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
  const valid = fc.record({
    guilds: fc.uniqueArray(
      fc.record({
        guild: guildName,
        roles: maybe(fc.record({ admin: fc.array(name, { minLength: 1, maxLength: 3 }) })),
        teams: fc.record({
          constructor: fc.record({
            name: text,
            members: fc.array(name, { minLength: 1, maxLength: 3 }),
          }),
          a: fc.record({
            name: text,
            members: fc.constant(['Senior']),
            senior: maybe(fc.constant('constructor')),
          }),
        }),
        categories: fc.uniqueArray(
          fc.record({
            id: fc.constantFrom('a', 'b', 'c', 'constructor'),
            title: text,
            description: text,
            team: fc.constantFrom('a', 'constructor'),
            channels_under: maybe(name),
            inactivity: maybe(fc.constantFrom('none', { warn_after: '1h', close_after: '2h' })),
            reopen_window: maybe(time),
          }),
          { minLength: 1, selector: ({ id }) => id },
        ),
        limits: maybe(fc.record({ cooldown: time }, { requiredKeys: [] })),
        desk: maybe(fc.record({ log_channel: name }, { requiredKeys: [] })),
      }),
      { minLength: 1, maxLength: 2, selector: ({ guild }) => guild.trim() },
    ),
  });

  it('that is valid is resolved, or refused with paths, never thrown at', () => {
    fc.assert(
      fc.property(valid, (value) => {
        const reading = parseGuildConfiguration(stringify(value));
        if (!reading.ok) throw new Error(formatProblems(reading.problems));
        const resolution = resolve(reading.configuration, directory, reading.locate);
        const configurations = resolution.ok ? resolution.configurations : [];
        const refusals = resolution.ok ? [] : resolution.problems;
        expect(configurations.map((entry) => guildConfigurationSchema.parse(entry))).toEqual(
          configurations,
        );
        expect(
          refusals.every(({ path, line }) => path.startsWith('guilds[') && line !== undefined),
        ).toBe(true);
        expect(configurations.length + refusals.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('whatever it holds is read, or refused with reasons, never thrown at', () => {
    const broken = fc.tuple(valid, fc.jsonValue(), fc.nat()).map(([value, other, seed]) => {
      // One value somewhere in a valid file is exchanged for any other.
      let left = seed % 20;
      return JSON.parse(JSON.stringify(value), (_, entry: unknown) => {
        left -= 1;
        return left === 0 ? other : entry;
      }) as unknown;
    });
    fc.assert(
      fc.property(fc.oneof(broken, fc.jsonValue()), (value) => {
        const reading = parseGuildConfiguration(stringify(value));
        const resolution = reading.ok ? resolve(reading.configuration, directory) : reading;
        expect(resolution.ok || resolution.problems.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
