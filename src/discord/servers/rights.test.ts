import { describe, expect, it } from '@jest/globals';
import { WATCHING_DEFAULTS } from '../../config/guild/resolved-servers';
import type { GuildConfiguration, Team } from '../../config/guild/resolved';
import { rolesOnCall } from './rights';

function team(id: string, roleId: string, seniorTeamId: string | null): Team {
  return { id, name: id, memberRoleIds: [roleId], seniorTeamId };
}

function guild(watching: Partial<GuildConfiguration['watching']>): GuildConfiguration {
  return {
    guildId: '1',
    guildName: 'Kestrel Keep',
    adminRoleIds: ['9'],
    teams: {
      helpers: team('helpers', '10', 'seniors'),
      seniors: team('seniors', '20', 'owners'),
      owners: team('owners', '30', null),
    },
    categories: [],
    limits: { mostOpen: null, cooldownMs: null, mostPerDay: null },
    deskLogChannelId: null,
    panels: [],
    servers: [],
    watching: { ...WATCHING_DEFAULTS, ...watching },
    registration: null,
    games: [],
    sources: [],
    shownIn: {},
  };
}

describe('who takes care of outages', () => {
  it('is who is pinged, and the senior team with the teams above it', () => {
    expect(rolesOnCall(guild({ pingRoleIds: ['5', '6'], seniorTeamId: 'seniors' }))).toEqual([
      '5',
      '6',
      '20',
      '30',
    ]);
  });

  it('is nobody but administrators where nobody is called', () => {
    expect(rolesOnCall(guild({}))).toEqual([]);
    expect(rolesOnCall(guild({ seniorTeamId: 'gone' }))).toEqual([]);
  });
});
