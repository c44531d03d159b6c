import { WATCHING_DEFAULTS } from '../../../src/config/guild/resolved-servers';
import type { CaseCategory, GuildConfiguration } from '../../../src/config/guild/resolved';

const NO_LIMITS = { mostOpen: null, cooldownMs: null, mostPerDay: null };

/** A category without a form; for tests. */
export function exampleCategory(more: Partial<CaseCategory> = {}): CaseCategory {
  return {
    id: 'support',
    title: 'Support',
    emoji: '🛟',
    description: 'Questions and trouble',
    kind: 'ticket',
    teamId: 'helpers',
    parentChannelId: null,
    form: [],
    limits: NO_LIMITS,
    inactivity: null,
    reopenWindowMs: 0,
    ...more,
  };
}

/** A guild with a team of helpers below one of seniors; for tests. */
export function exampleConfiguration(more: Partial<GuildConfiguration> = {}): GuildConfiguration {
  return {
    guildId: '1',
    guildName: 'Example',
    adminRoleIds: ['role-admin'],
    teams: {
      helpers: {
        id: 'helpers',
        name: 'Helpers',
        memberRoleIds: ['role-helper'],
        seniorTeamId: 'seniors',
      },
      seniors: {
        id: 'seniors',
        name: 'Seniors',
        memberRoleIds: ['role-senior'],
        seniorTeamId: null,
      },
    },
    categories: [exampleCategory()],
    limits: NO_LIMITS,
    deskLogChannelId: null,
    panels: [],
    servers: [],
    watching: WATCHING_DEFAULTS,
    registration: null,
    games: [],
    sources: [],
    shownIn: {},
    ...more,
  };
}
