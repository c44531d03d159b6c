import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import {
  type Directory,
  formatProblems,
  type GuildConfiguration,
  parseGuildConfiguration,
  resolve,
  WATCHING_DEFAULTS,
} from '.';
import { directory, keep } from './sample-directory';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

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
        servers: [],
        registration: null,
        games: [],
        sources: [],
        mirrors: [],
        shownIn: {},
        watching: {
          ...WATCHING_DEFAULTS,
          remindAfterMs: [HOUR / 2, HOUR, 4 * HOUR],
          slug: 'kestrel-keep',
        },
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
      'guilds[0].desk.log_channel: no text channel "xy" on Kestrel Keep; text channels are support, desk-log, general, news',
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
